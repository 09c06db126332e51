import { AutoComplete, Form, Segmented } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { optionsOf } from '../../../pieces/options.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  open: boolean
  onClose: () => void
}

const kinds = { review: '评价', activity: '参加活动', event: '其他行为' } as const

type Kind = keyof typeof kinds

/** The merchant records what the member did; the rules determine the points. */
export function RecordAct({ member, open, onClose }: Props) {
  const [trigger, setTrigger] = useState<Kind>('review')
  const [code, setCode] = useState('')
  const done = useDone()
  const policy = useRead('GET /admin/policy', {}).data?.inForce
  const record = useWrite('POST /admin/members/:memberId/acts', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/entries', 'POST /admin/members/search'],
  })
  const rules = policy?.earning.rules.filter((rule) => rule.enabled && rule.trigger === trigger) ?? []
  const isWrong = !/^([a-z0-9][a-z0-9-]{0,39})?$/.test(code)
  const close = () => {
    record.reset()
    setTrigger('review')
    setCode('')
    onClose()
  }
  const confirm = (note: string) => {
    const onDone = ({ points, why }: Reply<'POST /admin/members/:memberId/acts'>) => {
      done(points > 0 ? `已记录，会员得 ${countText(points)} 分` : `已记录，没有积分：${reasonIn(why)}`)
      close()
    }
    record.send({ memberId: member.memberId, trigger, code, note }, onDone)
  }
  return (
    <AskReason
      open={open}
      title={`记录「${member.nickname}」的行为`}
      okText="记录"
      label="说明"
      placeholder="记在操作记录里，例如：晒单好评，已核对图片"
      disabled={isWrong}
      write={record}
      besides={[trigger, code]}
      onConfirm={confirm}
      onCancel={close}
    >
      <Segmented
        aria-label="什么行为"
        value={trigger}
        onChange={(kind) => {
          setTrigger(kind)
          setCode('')
        }}
        options={optionsOf(kinds)}
        style={{ marginBottom: 16 }}
      />
      <p className="soft">
        {rules.length > 0
          ? `给多少分由规则决定：${rules.map(({ name }) => `「${name}」`).join('')}`
          : `现行规则没有为${kinds[trigger]}设积分，可以先在「积分规则」里添加`}
      </p>
      <Form.Item
        label="哪一项"
        htmlFor="act-code"
        layout="vertical"
        validateStatus={isWrong ? 'error' : undefined}
        extra={isWrong ? '编号由小写字母、数字和短横线组成' : '规则里写的编号；不分项的可以不填'}
      >
        <AutoComplete
          id="act-code"
          value={code}
          onChange={setCode}
          maxLength={40}
          placeholder="不填表示不分项"
          options={rules
            .filter(({ event }) => event)
            .map(({ event, name }) => ({ value: event, label: `${name}（${event}）` }))}
          style={{ width: '100%' }}
        />
      </Form.Item>
    </AskReason>
  )
}

const reasonIn = (why: Reply<'POST /admin/members/:memberId/acts'>['why']): string =>
  why.map(({ name, text }) => `${name}，${text}`).join('；') || '现行规则没有为它设积分'
