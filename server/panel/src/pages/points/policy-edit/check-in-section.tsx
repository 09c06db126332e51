import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Button, Form, Switch } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { Streak } from '../policy/streak.tsx'
import { Field, hasHole, whole } from './field.tsx'
import { PartSwitch, WholeInput } from './inputs.tsx'
import { SchemeInput } from './scheme-input.tsx'

type CheckIn = Policy['checkIn']

const usualMakeUp: NonNullable<CheckIn['makeUp']> = { price: 20, daysBack: 3, perMonth: 2 }

export function CheckInSection() {
  const form = Form.useFormInstance<Policy>()
  const checkIn: CheckIn | undefined = Form.useWatch(['checkIn'], { form, preserve: true })
  return (
    <Card id="check-in" title="签到" className="editor-section">
      <Field name={['checkIn', 'enabled']} label="每日签到" valuePropName="checked" optional>
        <Switch checkedChildren="开启" unCheckedChildren="关闭" />
      </Field>
      {checkIn?.enabled && (
        <>
          <Days checkIn={checkIn} />
          <Field name={['checkIn', 'scheme']} label="每天多少积分" rules={[whole]}>
            <SchemeInput />
          </Field>
          <div className="editor-sub">连续签到的额外奖励</div>
          <Extras />
          <Field
            name={['checkIn', 'cycleDays']}
            label="连续天数多久重新计"
            extra="满这么多天后从第 1 天重新计；填 0 表示一直累计"
          >
            <WholeInput unit="天一轮" max={366} />
          </Field>
          <MakeUp on={checkIn.makeUp !== null} />
        </>
      )}
    </Card>
  )
}

/** The picture of the days, once its numbers are there. */
function Days({ checkIn }: { checkIn: CheckIn }) {
  const { scheme, extras, cycleDays } = checkIn
  return hasHole(scheme) || extras.some(hasHole) || hasHole(cycleDays) ? null : <Streak checkIn={checkIn} />
}

function MakeUp({ on }: { on: boolean }) {
  return (
    <>
      <Field
        name={['checkIn', 'makeUp']}
        label="漏签了可以补签"
        optional
        extra={on ? '补上以后，连续天数接着算' : '关闭时，漏签一天就从头开始计'}
      >
        <PartSwitch start={usualMakeUp} />
      </Field>
      {on && (
        <div className="editor-row">
          <Field name={['checkIn', 'makeUp', 'price']} label="补签一次花" tooltip="填 0 表示不收积分">
            <WholeInput unit="分" />
          </Field>
          <Field name={['checkIn', 'makeUp', 'daysBack']} label="可以补最近">
            <WholeInput unit="天以内" min={1} max={30} />
          </Field>
          <Field name={['checkIn', 'makeUp', 'perMonth']} label="每月最多补">
            <WholeInput unit="次" min={1} max={31} />
          </Field>
        </div>
      )}
    </>
  )
}

function Extras() {
  const list = ['checkIn', 'extras']
  return (
    <Form.List name={list}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="editor-line">
              连续
              <Field list={list} name={[name, 'days']}>
                <WholeInput unit="天" min={2} max={366} width={110} label="连续几天" />
              </Field>
              再加
              <Field list={list} name={[name, 'points']}>
                <WholeInput unit="分" width={110} label="再加多少分" />
              </Field>
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这一档" />
            </div>
          ))}
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ days: null, points: null })}
            disabled={fields.length >= 20}
            style={{ marginBottom: 16 }}
          >
            添加一档
          </Button>
        </>
      )}
    </Form.List>
  )
}
