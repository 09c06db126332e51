import { Modal } from 'antd'
import { useRef } from 'react'
import { focusFirstField } from '../pieces/editing/first-field.ts'
import { useDone } from '../pieces/use-done.tsx'
import { PasswordForm } from './password-form.tsx'

/** For a person who finds that somebody else used their account: the new password ends all other log-ins. */
export default function ProtectAccount({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const done = useDone()
  const box = useRef<HTMLDivElement>(null)
  const finish = () => {
    done('密码已修改，其他登录都已结束')
    onDone()
  }
  return (
    <Modal
      open
      title="换一个密码，让别人退出"
      footer={null}
      onCancel={onClose}
      width={480}
      afterOpenChange={(isOpen) => isOpen && focusFirstField(box.current)}
    >
      <p>保存后，其他设备上的登录马上结束，要用新密码才能再登录。两步验证不是您设的，就接着到「我的账号」重新设置。</p>
      <div ref={box}>
        <PasswordForm name="protect" onDone={finish} />
      </div>
    </Modal>
  )
}
