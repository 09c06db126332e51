import { birthText } from '@pointbook/shared/day'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { optionsOf } from '../../../pieces/options.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { BirthdayInput } from './birthday-input.tsx'
import { sexes } from './sexes.ts'
import type { Member } from './types.ts'

type Profile = Pick<Member['profile'], 'nickname' | 'sex' | 'birthday' | 'address'>
type Fields = Profile & { reason: string }

const labels = { nickname: '昵称', sex: '性别', birthday: '生日', address: '地址' }

const profileIn = ({ nickname, sex, birthday, address }: Fields): Profile => ({
  nickname,
  sex,
  birthday,
  address,
})

const fieldsOf = ({ nickname, sex, birthday, address }: Profile) => ({
  nickname,
  sex,
  birthday,
  address,
})

function textOf(name: keyof Profile, value: unknown): string {
  if (name === 'sex') return sexes[value as Profile['sex']]
  if (name === 'birthday' && value) return birthText(String(value))
  return String(value ?? '') || '未填'
}

/** The merchant corrects a profile with a reason, including fields that the member cannot change, such as a birthday. */
export function EditProfile({ member, onClose }: { member: Member; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const [opened, setOpened] = useState({ ...member.profile, revision: member.revisions.profile })
  const done = useDone()
  const patch = useWrite('PATCH /admin/members/:memberId/profile', {
    withId: false,
    changes: ['GET /admin/members/:memberId', 'POST /admin/members/search', 'GET /admin/members/:memberId/entries'],
  })
  const save = (profile: Profile, revision = opened.revision) => {
    const onDone = ({ earned }: Reply<'PATCH /admin/members/:memberId/profile'>) => {
      done(earned > 0 ? `资料已保存，资料填齐，会员得 ${countText(earned)} 分` : '资料已保存')
      onClose()
    }
    const reason = form.getFieldValue('reason').trim()
    patch.send({ memberId: member.memberId, ...profile, reason, revision }, onDone)
  }
  const comparison = outdatedIn(patch.error) && (
    <Outdated<Profile>
      error={patch.error}
      opened={opened}
      mine={() => profileIn(form.getFieldsValue())}
      labels={labels}
      text={textOf}
      onKeep={save}
      onTake={(now, revision) => {
        form.setFieldsValue(fieldsOf(now))
        setOpened({ ...opened, ...now, revision })
        patch.reset()
      }}
    />
  )
  return (
    <FormModal
      title={`修改「${member.nickname}」的资料`}
      form={form}
      initial={fieldsOf(member.profile)}
      write={patch}
      refusal={comparison}
      onSave={(fields) => save(profileIn(fields))}
      onClose={onClose}
    >
      <Inputs />
    </FormModal>
  )
}

function Inputs() {
  return (
    <>
      <Form.Item
        name="nickname"
        label={labels.nickname}
        rules={[{ required: true, whitespace: true, message: '请填写昵称' }]}
      >
        <Input maxLength={20} showCount />
      </Form.Item>
      <Form.Item name="sex" label={labels.sex}>
        <Radio.Group aria-label={labels.sex} options={optionsOf(sexes)} />
      </Form.Item>
      <Form.Item name="birthday" label={labels.birthday} extra="今年的生日礼已经发过的，改生日不会再发">
        <BirthdayInput />
      </Form.Item>
      <Form.Item name="address" label={labels.address}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写下原因' }]}>
        <Input.TextArea
          rows={2}
          maxLength={100}
          showCount
          placeholder="记在操作记录里，例如：会员来电更正，已核对身份"
        />
      </Form.Item>
    </>
  )
}
