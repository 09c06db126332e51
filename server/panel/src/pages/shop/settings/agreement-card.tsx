import { versionText } from '@pointbook/shared/purposes'
import { Collapse, Form, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'

type Agreement = Reply<'GET /admin/agreement'>

/** The agreement: the shop's own terms in it, its versions, and how many members have agreed to the newest. */
export function AgreementCard() {
  const { data, error, refetch } = useRead('GET /admin/agreement', {})
  return (
    <Card title="会员协议与隐私说明">
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <Editor agreement={data} />}
      {data && <Versions agreement={data} />}
    </Card>
  )
}

interface Fields {
  supplement: string
  changes: string
}

const labels = { supplement: '本店的补充约定' }

function Editor({ agreement }: { agreement: Agreement }) {
  const [form] = Form.useForm<Fields>()
  const [opened, setOpened] = useState(agreement)
  const done = useDone()
  const put = useWrite('PUT /admin/agreement', { withId: false, changes: ['GET /admin/agreement'] })
  useUnsaved(() => form.isFieldsTouched())
  const begin = (supplement: string, revision: string) => {
    form.setFieldsValue({ supplement, changes: '' })
    form.setFields([
      { name: 'supplement', touched: false },
      { name: 'changes', touched: false },
    ])
    setOpened({ ...opened, supplement, revision })
  }
  const publish = ({ supplement, changes }: Fields, revision = opened.revision) =>
    put.send({ supplement: supplement ?? '', changes, revision }, (saved) => {
      begin(supplement ?? '', saved.revision)
      done(`已发布${versionText(saved.version)}`)
    })
  const { version, agreed, members } = agreement
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ supplement: opened.supplement, changes: '' }}
      onFinish={(fields) => publish(fields)}
      onValuesChange={() => put.error && put.reset()}
    >
      <p className="soft">
        现在是{versionText(version)}，{countText(members)} 位会员中 {countText(agreed)}{' '}
        位已同意。内容有变就是新的一版，会员打开小程序时会被请求重新同意；暂不同意的，积分和会员照旧。
      </p>
      <Form.Item name="supplement" label={labels.supplement} extra="接在标准内容后面；留空则没有">
        <Input.TextArea rows={4} maxLength={2000} showCount placeholder="例如：积分不与其他门店品牌通用" />
      </Form.Item>
      <Form.Item
        name="changes"
        label="这一版改了什么"
        extra="会员看到的一句话"
        rules={[{ required: true, whitespace: true, message: '请告诉会员这一版改了什么' }]}
      >
        <Input maxLength={100} showCount placeholder="例如：写明了积分不与其他品牌通用" />
      </Form.Item>
      {outdatedIn(put.error) ? (
        <Outdated<Pick<Fields, 'supplement'>>
          error={put.error}
          opened={opened}
          mine={() => ({ supplement: form.getFieldValue('supplement') })}
          labels={labels}
          onKeep={({ supplement }, revision) =>
            publish({ supplement, changes: form.getFieldValue('changes') }, revision)
          }
          onTake={({ supplement }, revision) => {
            begin(supplement, revision)
            put.reset()
          }}
        />
      ) : (
        <RefusalAlert error={put.error} />
      )}
      <Act op="PUT /admin/agreement" type="primary" htmlType="submit" loading={put.isPending}>
        发布新的一版
      </Act>
    </Form>
  )
}

function Versions({ agreement: { versions, sections } }: { agreement: Agreement }) {
  return (
    <Collapse
      ghost
      style={{ marginTop: 16 }}
      items={[
        {
          key: 'text',
          label: '现在的全文',
          children: sections.map(({ title, text }) => (
            <div key={title} style={{ marginBottom: 12 }}>
              <strong>{title}</strong>
              <div className="soft" style={{ whiteSpace: 'pre-wrap' }}>
                {text}
              </div>
            </div>
          )),
        },
        {
          key: 'versions',
          label: '历次版本',
          children: versions.map(({ version, publishedAt, publishedBy, changes }) => (
            <div key={version} style={{ marginBottom: 8 }}>
              <strong>{versionText(version)}</strong> <When at={publishedAt} />
              <div className="soft small">
                {changes || '最初的版本'}
                {publishedBy === 'system' ? '（随系统更新）' : `（${publishedBy.replace('admin/', '')}）`}
              </div>
            </div>
          )),
        },
      ]}
    />
  )
}
