import { Button, Modal } from 'antd'
import { useRef } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { AnnouncementForm, useAnnouncementForm } from '../../pieces/announcement-form.tsx'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { useDone } from '../../pieces/use-done.tsx'
import type { Announcement } from './page.tsx'

export function AnnouncementModal({
  announcement,
  onClose,
}: {
  announcement: Announcement | 'new'
  onClose: () => void
}) {
  const form = useAnnouncementForm()
  const publish = useRef(true)
  const done = useDone()
  const isNew = announcement === 'new'
  const add = useWrite('POST /admin/announcements', { withId: true, changes: ['GET /admin/announcements'] })
  const patch = useWrite('PATCH /admin/announcements/:announcementId', {
    withId: false,
    changes: ['GET /admin/announcements'],
  })
  const save = (words: { title: string; body: string }) => {
    const onDone = () => {
      done(isNew && publish.current ? '公告已发布' : '公告已保存')
      onClose()
    }
    if (isNew) add.send({ ...words, publish: publish.current }, onDone)
    else patch.send({ announcementId: announcement.announcementId, ...words }, onDone)
  }
  const submit = (toPublish: boolean) => {
    publish.current = toPublish
    form.submit()
  }
  return (
    <Modal
      open
      title={isNew ? '写公告' : '修改公告'}
      onCancel={onClose}
      mask={{ closable: false }}
      width={600}
      footer={[
        isNew && (
          <Button key="draft" onClick={() => submit(false)}>
            存为草稿
          </Button>
        ),
        <Button key="save" type="primary" loading={add.isPending || patch.isPending} onClick={() => submit(true)}>
          {isNew ? '立即发布' : '保存'}
        </Button>,
      ]}
    >
      <AnnouncementForm form={form} initial={isNew ? undefined : announcement} onFinish={save} />
      <RefusalAlert error={add.error ?? patch.error} />
    </Modal>
  )
}
