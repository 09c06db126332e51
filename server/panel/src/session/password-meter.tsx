import { Form, type FormInstance } from 'antd'
import { type ReactNode, useDeferredValue } from 'react'
import type { Fields } from './password-form.tsx'
import { type Strength, strengthOf } from './password-strength.ts'
import { useSession } from './use-session.ts'
import './password-meter.css'

const words: Record<Strength['level'], string> = { refused: '不能用', weak: '弱', fair: '一般', strong: '强' }

interface Props {
  form: FormInstance<Fields>
}

/** How hard the typed new password is to guess, and what would be better. It arrives with 230 kB, so only once somebody types one. */
export default function PasswordMeter({ form }: Props): ReactNode {
  const login = useSession().session?.login ?? ''
  const present = Form.useWatch('password', form) ?? ''
  const password = useDeferredValue(Form.useWatch('newPassword', form) ?? '')
  const { level, advice } = strengthOf({ password, present, login })
  return (
    <div className={`password-meter password-meter-${level}`} role="status">
      <span className="password-meter-bar" aria-hidden="true" />
      <span>
        密码强度：<strong>{words[level]}</strong>
        {advice && `。${advice}`}
      </span>
    </div>
  )
}
