import { cut } from '@pointbook/shared/text'
import { standings } from '@pointbook/shared/words'
import { Avatar } from 'antd'
import { Mark } from './mark.tsx'

const tones = ['#3f7d67', '#a86b2b', '#5b7488', '#8a5a55', '#6d7a3d', '#4d6c91']

export function Face({ nickname, avatarUrl, size = 34 }: { nickname: string; avatarUrl?: string; size?: number }) {
  const tone = tones[(nickname.codePointAt(0) ?? 0) % tones.length]
  return (
    <Avatar size={size} src={avatarUrl || undefined} style={{ background: tone, flexShrink: 0 }}>
      {cut(nickname, 1) || '会'}
    </Avatar>
  )
}

interface Who {
  nickname: string
  avatarUrl?: string
  memberNo?: string
}

export function MemberCell({ nickname, avatarUrl, memberNo }: Who) {
  return (
    <div className="pictured">
      <Face nickname={nickname} avatarUrl={avatarUrl} size={32} />
      <div>
        <div>{nickname || '未填昵称'}</div>
        {memberNo && <div className="soft small digits">{memberNo}</div>}
      </div>
    </div>
  )
}

const standingTones = { active: 'green', frozen: 'amber', cancelled: 'plain' } as const

export function StandingTag({ standing, merged }: { standing: keyof typeof standings; merged: boolean }) {
  if (merged) return <Mark>已合并</Mark>
  return <Mark tone={standingTones[standing]}>{standings[standing]}</Mark>
}
