import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { checkInFields, extraFields, makeUpFields } from '@pointbook/shared/policy-fields/check-in'
import { emptyOf, startOf } from '@pointbook/shared/policy-fields/field'
import { Button, Form } from 'antd'
import { Fragment } from 'react'
import { Streak } from '../policy/streak.tsx'
import { Field, hasHole, whole } from './field.tsx'
import { FieldItem, FieldRows } from './field-rows.tsx'
import { PartSwitch } from './inputs.tsx'
import { SchemeInput } from './scheme-input.tsx'
import { Section } from './section.tsx'

type CheckIn = Policy['checkIn']

const { enabled, ...terms } = checkInFields

export function CheckInSection() {
  const form = Form.useFormInstance<Policy>()
  const checkIn: CheckIn | undefined = Form.useWatch(['checkIn'], { form, preserve: true })
  return (
    <Section of="check-in" title="签到">
      <FieldItem of={enabled} at={['checkIn', 'enabled']} />
      {checkIn?.enabled && (
        <>
          <Days checkIn={checkIn} />
          <Field name={['checkIn', 'scheme']} label="每天多少积分" rules={[whole]}>
            <SchemeInput />
          </Field>
          <div className="editor-sub">连续签到的额外奖励</div>
          <Extras />
          <FieldRows of={terms} at={['checkIn']} />
          <MakeUp on={checkIn.makeUp !== null} />
        </>
      )}
    </Section>
  )
}

/** The picture of the days, once its numbers are valid. */
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
        <PartSwitch start={startOf(makeUpFields)} />
      </Field>
      {on && <FieldRows of={makeUpFields} at={['checkIn', 'makeUp']} />}
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
              {Object.entries(extraFields).map(([key, field]) => (
                <Fragment key={key}>
                  {field.before}
                  <FieldItem of={field} list={list} at={[name, key]} inline />
                </Fragment>
              ))}
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这一档" />
            </div>
          ))}
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add(emptyOf(extraFields))}
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
