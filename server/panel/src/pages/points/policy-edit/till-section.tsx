import { tillFields } from '@pointbook/shared/policy-fields/till'
import { Card } from '../../../pieces/card.tsx'
import { FieldRows } from './field-rows.tsx'

/** What a clerk may do. */
export function TillSection() {
  return (
    <Card id="till" title="收银台" className="editor-section">
      <FieldRows of={tillFields} at={['till']} />
    </Card>
  )
}
