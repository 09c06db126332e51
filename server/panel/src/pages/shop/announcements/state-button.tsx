import { App } from 'antd'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Announcement } from './types.ts'

/** Publishes what members do not see, withdraws what they do. */
export function StateButton({ announcement }: { announcement: Announcement }) {
  const { announcementId, title, state, revision } = announcement
  const { modal, message } = App.useApp()
  const done = useDone()
  const change = useWrite('POST /admin/announcements/:announcementId/state', {
    withId: false,
    changes: ['GET /admin/announcements'],
  })
  const isOut = state === 'published'
  const turn = () =>
    change.mutateAsync({ announcementId, state: isOut ? 'withdrawn' : 'published', revision }).then(
      () => done(isOut ? '公告已撤下' : '公告已发布'),
      (error) => message.error(sayError(error)),
    )
  const ask = () =>
    modal.confirm({
      title: isOut ? `撤下「${title}」？` : `发布「${title}」？`,
      content: isOut ? '撤下后会员不再看得到，随时可以重新发布。' : '全体会员都会看到。',
      okText: isOut ? '撤下' : '发布',
      cancelText: '取消',
      onOk: turn,
    })
  return (
    <Act op="POST /admin/announcements/:announcementId/state" type="link" size="small" danger={isOut} onClick={ask}>
      {isOut ? '撤下' : '发布'}
    </Act>
  )
}
