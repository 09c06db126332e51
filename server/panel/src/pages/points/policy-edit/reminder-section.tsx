import { reminderFields, worthFields } from '@pointbook/shared/policy-fields/reminder'
import { Card } from '../../../pieces/card.tsx'
import { FieldRows } from './field-rows.tsx'

export function ReminderSection() {
  return (
    <Card id="reminder" title="提醒与估值" className="editor-section">
      <FieldRows of={reminderFields} at={['reminder']} />
      <FieldRows of={worthFields} at={[]} />
    </Card>
  )
}
