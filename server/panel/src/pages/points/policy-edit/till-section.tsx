import { tillFields } from '@pointbook/shared/policy-fields/till'
import { FieldRows } from './field-rows.tsx'
import { Section } from './section.tsx'

/** What a clerk may do. */
export function TillSection() {
  return (
    <Section of="till" title="收银台">
      <FieldRows of={tillFields} at={['till']} />
    </Section>
  )
}
