import { yuanText } from '@pointbook/shared/money'
import { Alert, Form, Skeleton, Switch } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

type Rules = Reply<'GET /admin/approval-rules'>
type Fields = Rules['adjustPoints'] & { policy: boolean; purchaseYuan: number | null }

const MOST_POINTS = 1_000_000_000

const labels = { adjustPoints: '一次调整积分', policy: '发布积分规则', purchaseFen: '店员记一单' }

const places = {
  owner: '店主',
  manager: '经理',
  ownRole: '自建的角色',
  storeManager: '店长（小程序）',
} satisfies Record<keyof Rules['adjustPoints'], string>

const fieldsOf = ({
  adjustPoints,
  policy,
  purchaseFen,
}: Pick<Rules, 'adjustPoints' | 'policy' | 'purchaseFen'>): Fields => ({
  ...adjustPoints,
  policy,
  purchaseYuan: purchaseFen === null ? null : purchaseFen / 100,
})

const rulesOf = ({ policy, purchaseYuan, owner, manager, ownRole, storeManager }: Fields) => ({
  adjustPoints: {
    owner: owner ?? null,
    manager: manager ?? null,
    ownRole: ownRole ?? null,
    storeManager: storeManager ?? null,
  },
  policy,
  purchaseFen: purchaseYuan == null ? null : Math.round(purchaseYuan * 100),
})

/** A rule in words, for the comparison with what another person has saved. */
function textOf(_: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '要审批' : '不用'
  if (typeof value === 'number') return `超过 ${yuanText(value)}`
  if (value === null) return '不限'
  return Object.entries(value as Rules['adjustPoints'])
    .map(
      ([name, most]) =>
        `${places[name as keyof typeof places]}${most === null ? '不限' : `超过 ${countText(most)} 分`}`,
    )
    .join('、')
}

/** What needs a second person. */
export function ApprovalsCard() {
  const { data, error, refetch } = useRead('GET /admin/approval-rules', {})
  return (
    <Card title="审批">
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <Editor rules={data} />}
    </Card>
  )
}

function Editor({ rules }: { rules: Rules }) {
  const [form] = Form.useForm<Fields>()
  const [opened, setOpened] = useState(rules)
  const done = useDone()
  const put = useWrite('PUT /admin/approval-rules', {
    withId: false,
    changes: ['GET /admin/approval-rules', 'GET /admin/approval-needs', 'POST /admin/audit-log/search'],
  })
  useUnsaved(() => form.isFieldsTouched())
  const begin = (now: Rules) => {
    form.resetFields()
    form.setFieldsValue(fieldsOf(now))
    setOpened(now)
  }
  const save = (wanted: ReturnType<typeof rulesOf>, revision = opened.revision) =>
    put.send({ ...wanted, revision }, (saved) => {
      begin({ ...opened, ...wanted, ...saved })
      done('审批设置已保存')
    })
  const isAlone = opened.deciders.adjustment < 2
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={fieldsOf(rules)}
      onFinish={(fields) => save(rulesOf(fields))}
      onValuesChange={() => put.error && put.reset()}
    >
      <p className="soft">超过这里的数字，就要另一个人在「审批」里同意才执行。谁提交的，谁不能审批。</p>
      {isAlone && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title="现在只有一个账号能审批"
          description={
            <>
              要两个人的事，一个账号办不成，所以积分和规则的审批先打不开。请先在
              <Link to="/accounts">后台账号</Link>里给另一位开一个「店主」或「经理」账号，并请 TA 登录一次。
            </>
          }
        />
      )}
      <Inputs />
      {outdatedIn(put.error) ? (
        <Outdated<ReturnType<typeof rulesOf>>
          error={put.error}
          opened={opened}
          mine={() => rulesOf(form.getFieldsValue())}
          labels={labels}
          text={textOf}
          onKeep={save}
          onTake={(now, revision) => {
            begin({ ...opened, ...now, revision })
            put.reset()
          }}
        />
      ) : (
        <RefusalAlert error={put.error} />
      )}
      <Act op="PUT /admin/approval-rules" type="primary" htmlType="submit" loading={put.isPending}>
        保存审批设置
      </Act>
    </Form>
  )
}

function Inputs() {
  return (
    <>
      <Form.Item
        label={`${labels.adjustPoints}，超过多少分要审批`}
        extra="增加和扣减都算；留空就不用审批"
        style={{ marginBottom: 16 }}
      >
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: '4px 16px' }}>
          {Object.entries(places).map(([name, text]) => (
            <Form.Item key={name} name={name} label={text} style={{ marginBottom: 8 }}>
              <NumberInput min={0} max={MOST_POINTS} suffix="分" placeholder="不限" style={{ width: '100%' }} />
            </Form.Item>
          ))}
        </div>
      </Form.Item>
      <Form.Item
        name="purchaseYuan"
        label={`${labels.purchaseFen}，超过多少元要审批`}
        extra="由店长在小程序里、或由您在后台审批，通过以后积分才到账；留空就不用审批"
      >
        <NumberInput min={0} max={10_000_000} precision={2} prefix="¥" placeholder="不限" style={{ width: 220 }} />
      </Form.Item>
      <p className="soft">
        店员给自己记账，是拒绝、放行还是要审批，在<Link to="/policy/edit">积分规则</Link>的「收银台」里选。
      </p>
      <Form.Item
        name="policy"
        label={`${labels.policy}要两个人`}
        valuePropName="checked"
        extra="打开后，一个人提交，另一个有发布权限的人同意了才发布；店主也一样"
      >
        <Switch />
      </Form.Item>
    </>
  )
}
