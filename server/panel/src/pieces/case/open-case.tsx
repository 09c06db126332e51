import { Form, Input, Switch } from 'antd'
import { useNavigate } from 'react-router'
import { useWrite } from '../../api/use-write.ts'
import { FormModal } from '../editing/form-modal.tsx'
import { type ChosenMember, FindMembers } from '../find-member.tsx'
import { useDone } from '../use-done.tsx'

interface Fields {
  members: ChosenMember[]
  reason: string
  freeze: boolean
}

/** Opens a case and links to it. Known values are filled in. */
export function OpenCase({ initial, onClose }: { initial?: Partial<Fields>; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const navigate = useNavigate()
  const done = useDone()
  const open = useWrite('POST /admin/cases', {
    withId: true,
    changes: ['GET /admin/cases', 'GET /admin/anomalies', 'POST /admin/members/search', 'GET /admin/members/:memberId'],
  })
  const send = ({ members, reason, freeze }: Fields) =>
    open.send({ memberIds: members.map(({ value }) => value), reason: reason.trim(), freeze }, ({ caseId }) => {
      done(freeze ? '已开始调查，账户已冻结' : '已开始调查')
      navigate(`/cases/${caseId}`)
    })
  return (
    <FormModal
      title="开始调查"
      okText="开始调查"
      form={form}
      initial={{ freeze: true, ...initial }}
      write={open}
      onSave={send}
      onClose={onClose}
    >
      <Form.Item name="members" label="哪些会员" rules={[{ required: true, message: '请先找到要调查的会员' }]}>
        <FindMembers />
      </Form.Item>
      <Form.Item
        name="reason"
        label="原因"
        rules={[{ required: true, whitespace: true, message: '请写下为什么要调查' }]}
      >
        <Input.TextArea rows={3} maxLength={200} showCount placeholder="会员收到的冻结通知里会写明，请写得客观" />
      </Form.Item>
      <Form.Item
        name="freeze"
        label="调查期间冻结账户"
        valuePropName="checked"
        extra="冻结后不能得积分也不能兑换，积分原样保留；会员会收到通知"
      >
        <Switch />
      </Form.Item>
    </FormModal>
  )
}
