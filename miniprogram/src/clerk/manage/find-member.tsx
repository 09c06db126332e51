import { Refused } from '@pointbook/shared/client'
import { Input, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../components/button'
import { ProblemNote } from '../problem'
import { useFinding } from '../use-scan'
import type { Post } from '../use-workplace'
import type { Visit } from '../visit'
import './find-member.scss'

interface Props {
  store: Post
  title: string
  hint: string
  onFound(visit: Visit): void
}

const notAMember = new Refused(400, { code: 'code.unknown', text: '这是取货码。请扫会员码，或输入手机号、会员号' })

/** Finds a member as the till does: by code, card, phone number or member number. */
export function FindMember({ store, title, hint, onFound }: Props) {
  const [typed, setTyped] = useState('')
  const { scan, enter, again, busy, problem, tell } = useFinding(store, (scanned) =>
    scanned.kind === 'member' ? onFound(scanned) : tell(notAMember),
  )
  const enterTyped = async () => {
    if (await enter(typed)) setTyped('')
  }
  return (
    <View className="card">
      <View className="card-title">{title}</View>
      <View className="find-hint">{hint}</View>
      <ProblemNote problem={problem} onAgain={again} />
      <View className="find-scan">
        <Button busy={busy} onTap={scan}>
          扫会员码
        </Button>
      </View>
      <View className="find-type">
        <Input
          className="find-input digits"
          type="number"
          maxlength={40}
          value={typed}
          placeholder="或输入手机号、会员号"
          confirmType="done"
          onInput={(e) => setTyped(e.detail.value)}
          onConfirm={enterTyped}
        />
        <Button kind="quiet" disabled={!typed.trim()} busy={busy} onTap={enterTyped}>
          查找
        </Button>
      </View>
    </View>
  )
}
