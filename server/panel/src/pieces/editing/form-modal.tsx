import { Form, type FormInstance, Modal, type ModalProps } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Write } from '../../api/use-write.ts'
import { RefusalAlert } from '../refusal-alert.tsx'
import { focusFirstField } from './first-field.ts'
import { useReturnFocus } from './use-return-focus.ts'
import { useUnsaved } from './use-unsaved.ts'

interface Props<Fields> extends Pick<ModalProps, 'title' | 'width' | 'footer'> {
  open?: boolean
  okText?: string
  cancelText?: string
  danger?: boolean
  disabled?: boolean
  form: FormInstance<Fields>
  initial?: Partial<Fields>
  write: Write
  /** Values chosen outside the form's own fields. */
  besides?: unknown
  /** Shown in place of the refusal, when it has more to say. */
  refusal?: ReactNode
  before?: ReactNode
  children: ReactNode
  onSave: (fields: Fields) => void
  onClose: () => void
}

/** A form in a dialog: asks before it discards input, and hides a refusal when a field changes. */
export function FormModal<Fields extends object>({
  open = true,
  okText = '保存',
  cancelText = '取消',
  danger,
  disabled,
  form,
  initial,
  write,
  besides,
  refusal,
  before,
  children,
  onSave,
  onClose,
  ...modal
}: Props<Fields>) {
  const chosen = JSON.stringify(besides)
  const atFirst = useRef(chosen)
  const close = useUnsaved(
    () => open && !write.landed.current && (form.isFieldsTouched() || chosen !== atFirst.current),
    { open },
  )
  useReturnFocus(open)
  const box = useRef<HTMLDivElement>(null)
  const { reset, landed } = write
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen when the dialog opens is where it starts from
  useEffect(() => {
    if (!open) return
    atFirst.current = chosen
    landed.current = false
  }, [open])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is the only reason
  useEffect(reset, [chosen])
  return (
    <Modal
      open={open}
      okText={okText}
      cancelText={cancelText}
      okButtonProps={{ danger, disabled, loading: write.isPending }}
      onOk={form.submit}
      onCancel={() => close(onClose)}
      mask={{ closable: false }}
      destroyOnHidden
      afterOpenChange={(isOpen) => isOpen && focusFirstField(box.current)}
      {...modal}
    >
      <div ref={box}>
        {before}
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={initial}
          onFinish={onSave}
          onValuesChange={() => {
            landed.current = false
            if (write.error) reset()
          }}
        >
          {children}
        </Form>
        {refusal ?? <RefusalAlert error={write.error} />}
      </div>
    </Modal>
  )
}
