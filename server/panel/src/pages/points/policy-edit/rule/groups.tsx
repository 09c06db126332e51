import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Button, Form, Input, Select } from 'antd'
import { Field } from '../field.tsx'
import { newId } from '../new-id.ts'
import { modeOptions } from './group-choice.tsx'

const list: ['earning', 'groups'] = ['earning', 'groups']

/** The groups of rules and how their rules combine. */
export function Groups() {
  const form = Form.useFormInstance<Policy>()
  const rules: EarningRule[] = Form.useWatch(['earning', 'rules'], form) ?? []
  const idAt = (at: number) => form.getFieldValue(list)[at]?.id
  const sizeOf = (at: number) => rules.filter(({ group }) => group === idAt(at)).length
  /** The rules of a deleted group have no group. */
  const release = (at: number) => {
    const id = idAt(at)
    const next = rules.map((rule) => (rule.group === id ? { ...rule, group: '' } : rule))
    form.setFieldValue(['earning', 'rules'], next)
  }
  return (
    <Form.List name={list}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="editor-line">
              <Field list={list} name={[name, 'name']}>
                <Input placeholder="组名" maxLength={20} style={{ width: 160 }} aria-label="组名" />
              </Field>
              组内的规则
              <Field list={list} name={[name, 'mode']}>
                <Select options={modeOptions} style={{ width: 220 }} aria-label="组内的规则" />
              </Field>
              <span className="soft small nowrap">{sizeOf(name)} 条规则</span>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                onClick={() => {
                  release(name)
                  remove(name)
                }}
                aria-label="删除这一组"
              />
            </div>
          ))}
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ id: newId('group'), name: '', mode: 'best' })}
          >
            添加规则组
          </Button>
        </>
      )}
    </Form.List>
  )
}
