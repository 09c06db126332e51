import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRead } from '../../api/use-read.ts'
import { MemberCell } from '../../pieces/member-cell.tsx'

interface Props {
  id?: string
  value?: number
  onChange?: (memberId: number) => void
}

/** Finds a member by phone, number or nickname as one types. */
export function FindMember({ id, value, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data, isFetching } = useRead('GET /admin/members', { q, limit: 8 }, { enabled: q.length >= 2, keep: true })
  const options = q.length < 2 && value === undefined ? [] : (data?.rows ?? [])
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      placeholder="输入手机号（完整或后四位）、会员号或昵称"
      notFoundContent={q.length < 2 ? '至少输入两个字' : isFetching ? '正在查找…' : '没有找到这位会员，请对方先注册'}
      options={options.map((member) => ({
        value: member.memberId,
        label: `${member.nickname}　${member.phoneMasked}`,
        member,
      }))}
      optionRender={({ data: { member } }) => (
        <MemberCell {...member} memberNo={`${member.memberNo}　${member.phoneMasked}`} />
      )}
      listHeight={320}
    />
  )
}
