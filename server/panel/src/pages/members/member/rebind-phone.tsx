import { Form, Input } from 'antd'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Fields {
  phone: string
  reason: string
}

/** For a member who has another number now. */
export function RebindPhone({ member, onClose }: { member: Member; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const done = useDone()
  const rebind = useWrite('POST /admin/members/:memberId/phone', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'POST /admin/members/search', 'GET /admin/staff'],
  })
  const save = ({ phone, reason }: Fields) =>
    rebind.send({ memberId: member.memberId, phone, reason: reason.trim() }, ({ phoneMasked }) => {
      done(`手机已换成 ${phoneMasked}，原来的登录都已退出`)
      onClose()
    })
  return (
    <FormModal
      title={`换绑「${member.nickname}」的手机`}
      okText="换绑"
      form={form}
      write={rebind}
      before={
        <p className="soft">
          现在是 {member.phoneMasked || '没有手机号'}。请先核对本人身份；换绑后会员要重新登录，积分和记录不变。
        </p>
      }
      onSave={save}
      onClose={onClose}
    >
      <Form.Item
        name="phone"
        label="新手机号"
        rules={[{ required: true, whitespace: true, message: '请填写新手机号' }]}
        extra="境外号码请带 + 和国家或地区代码"
      >
        <Input className="digits" inputMode="tel" autoComplete="off" maxLength={30} style={{ maxWidth: 260 }} />
      </Form.Item>
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写下原因' }]}>
        <Input.TextArea rows={2} maxLength={100} showCount placeholder="例如：本人到店，已核对身份和最近一笔消费" />
      </Form.Item>
    </FormModal>
  )
}
