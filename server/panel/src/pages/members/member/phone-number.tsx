import { App } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

/** The masked phone number. A click shows the whole of it, and the audit log keeps who has seen it. */
export function PhoneNumber({ member: { memberId, phoneMasked } }: { member: Member }) {
  const [phone, setPhone] = useState<string | null>(null)
  const { message } = App.useApp()
  const done = useDone()
  const reveal = useWrite('POST /admin/members/:memberId/phone/reveal', {
    withId: false,
    changes: ['GET /admin/members/:memberId'],
  })
  if (!phoneMasked) return <span className="digits">没有</span>
  const show = () =>
    reveal.mutateAsync({ memberId }).then(
      (reply) => {
        setPhone(reply.phone)
        done('这次查看已记入审计日志')
      },
      (error) => message.error(sayError(error)),
    )
  return (
    <>
      <span className="digits">{phone ?? phoneMasked}</span>
      <Act
        op="POST /admin/members/:memberId/phone/reveal"
        type="link"
        size="small"
        className="card-change"
        loading={reveal.isPending}
        onClick={() => (phone ? setPhone(null) : show())}
      >
        {phone ? '隐藏' : '查看'}
      </Act>
    </>
  )
}
