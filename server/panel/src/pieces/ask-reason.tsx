import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { Write } from '../api/use-write.ts'
import { FormModal } from './editing/form-modal.tsx'

interface Props {
  open: boolean
  title: string
  /** The consequences, shown before the merchant confirms. */
  children?: ReactNode
  okText: string
  danger?: boolean
  disabled?: boolean
  placeholder?: string
  /** The label of the text when it is not a reason. */
  label?: string
  maxLength?: number
  write: Write
  /** The values chosen in `children`. */
  besides?: unknown
  refusal?: ReactNode
  width?: number
  onConfirm: (reason: string) => void
  onCancel: () => void
}

/** Every change of a member's points or standing needs a reason, which goes to the audit log. */
export function AskReason({
  children,
  placeholder = '写清楚来龙去脉，日后查账用得上',
  label = '原因',
  maxLength = 100,
  onConfirm,
  onCancel,
  ...modal
}: Props) {
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <FormModal
      cancelText="再想想"
      form={form}
      before={children}
      onSave={({ reason }) => onConfirm(reason.trim())}
      onClose={onCancel}
      {...modal}
    >
      <Form.Item name="reason" label={label} rules={[{ required: true, whitespace: true, message: `请写下${label}` }]}>
        <Input.TextArea rows={3} maxLength={maxLength} showCount placeholder={placeholder} />
      </Form.Item>
    </FormModal>
  )
}
