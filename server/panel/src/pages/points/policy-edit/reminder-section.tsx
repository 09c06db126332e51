import { reminderFields, worthFields } from '@pointbook/shared/policy-fields/reminder'
import { FieldRows } from './field-rows.tsx'
import { Section } from './section.tsx'

export function ReminderSection() {
  return (
    <Section of="reminder" title="提醒与估值">
      <FieldRows of={reminderFields} at={['reminder']} />
      <FieldRows of={worthFields} at={[]} />
    </Section>
  )
}
