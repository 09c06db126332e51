import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

/** For a member who has another WeChat account now: theirs is bound when they sign up with the same phone number. */
export function ReleaseWeChat({ member, onClose }: { member: Member; onClose: () => void }) {
  const done = useDone()
  const release = useWrite('POST /admin/members/:memberId/wechat/release', {
    withId: true,
    changes: ['GET /admin/members/:memberId'],
  })
  const confirm = (reason: string) =>
    release.send({ memberId: member.memberId, reason }, () => {
      done('已解除微信绑定，请会员用新的微信登录')
      onClose()
    })
  return (
    <AskReason
      open
      title={`换绑「${member.nickname}」的微信`}
      okText="解除原来的微信"
      danger
      placeholder="例如：原微信号已停用，本人到店，已核对身份"
      write={release}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <ol className="soft" style={{ paddingLeft: 20 }}>
        <li>请先核对本人身份，再解除原来的微信；原来的登录马上退出。</li>
        <li>请会员用新的微信打开小程序，以手机号 {member.phoneMasked} 注册，就会回到这份档案，积分和记录不变。</li>
      </ol>
      {!member.phoneMasked && <p className="loss">这位会员没有手机号，请先换绑手机，否则新的微信找不到这份档案。</p>}
    </AskReason>
  )
}
