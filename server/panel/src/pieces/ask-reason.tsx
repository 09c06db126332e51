import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { Write } from '../api/use-write.ts'
import { FormModal } from './editing/form-modal.tsx'

interface Props {
  open: boolean
  title: string
  /** What will happen, before the merchant says yes. */
  children?: ReactNode
  okText: string
  danger?: boolean
  disabled?: boolean
  placeholder?: string
  /** What is written, where it is no reason. */
  label?: string
  maxLength?: number
  write: Write
  /** What the merchant chooses in `children`. */
  besides?: unknown
  refusal?: ReactNode
  width?: number
  onConfirm: (reason: string) => void
  onCancel: () => void
}

/** Nothing that touches a member's points or standing happens without a written reason: it goes to the audit log. */
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
