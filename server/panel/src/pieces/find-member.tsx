import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRead } from '../api/use-read.ts'
import { MemberCell } from './member-cell.tsx'

interface Props<T> {
  id?: string
  value?: T
  onChange?: (value: T) => void
}

/** Finds a member by phone, number or nickname as one types. */
export function FindMember({ id, value, onChange }: Props<number>) {
  const search = useSearch(value !== undefined)
  return <Select id={id} value={value} onChange={onChange} {...search} />
}

export interface ChosenMember {
  value: number
  label: string
}

/** As `FindMember`, for several; those chosen keep their names while the next is searched for. */
export function FindMembers({ id, value, onChange }: Props<ChosenMember[]>) {
  const search = useSearch(false)
  return <Select id={id} mode="multiple" labelInValue value={value} onChange={onChange} {...search} />
}

function useSearch(isChosen: boolean) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data, isFetching } = useRead(
    'POST /admin/members/search',
    { q, limit: 8 },
    { enabled: q.length >= 2, keep: true },
  )
  const matches = q.length < 2 && !isChosen ? [] : (data?.rows ?? [])
  return {
    showSearch: { filterOption: false, onSearch: setTyped },
    loading: isFetching,
    placeholder: '输入手机号（完整或后四位）、会员号或昵称',
    notFoundContent: q.length < 2 ? '至少输入两个字' : isFetching ? '正在查找…' : '没有找到这位会员，请对方先注册',
    options: matches.map((member) => ({
      value: member.memberId,
      label: `${member.nickname}　${member.phoneMasked}`,
      member,
    })),
    optionRender: ({ data: { member } }: { data: { member: (typeof matches)[number] } }) => (
      <MemberCell {...member} memberNo={`${member.memberNo}　${member.phoneMasked}`} />
    ),
    listHeight: 320,
  }
}
