import { Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { RefusalAlert } from './refusal-alert.tsx'

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
  pending: boolean
  error: unknown
  width?: number
  onConfirm: (reason: string) => void
  onCancel: () => void
}

/** Nothing that touches a member's points or standing happens without a written reason: it goes to the audit log. */
export function AskReason({
  open,
  title,
  children,
  okText,
  danger,
  disabled,
  placeholder,
  label = '原因',
  maxLength = 100,
  pending,
  error,
  width,
  onConfirm,
  onCancel,
}: Props) {
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      cancelText="再想想"
      okButtonProps={{ danger, disabled, loading: pending }}
      onOk={form.submit}
      onCancel={onCancel}
      width={width}
      destroyOnHidden
      mask={{ closable: false }}
    >
      {children}
      <Form form={form} layout="vertical" preserve={false} onFinish={({ reason }) => onConfirm(reason.trim())}>
        <Form.Item
          name="reason"
          label={label}
          rules={[{ required: true, whitespace: true, message: `请写下${label}` }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={maxLength}
            showCount
            placeholder={placeholder ?? '写清楚来龙去脉，日后查账用得上'}
          />
        </Form.Item>
      </Form>
      <RefusalAlert error={error} />
    </Modal>
  )
}
