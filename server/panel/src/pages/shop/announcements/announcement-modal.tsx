import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { AnnouncementFields, trimmed, useAnnouncementForm, type Words } from '../../../pieces/announcement-form.tsx'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Announcement } from './types.ts'

interface Editing {
  announcement: Announcement
  onClose: () => void
}

const changes = ['GET /admin/announcements' as const]

export function AnnouncementModal({
  announcement,
  onClose,
}: {
  announcement: Announcement | 'new'
  onClose: () => void
}) {
  return announcement === 'new' ? <Compose onClose={onClose} /> : <Edit announcement={announcement} onClose={onClose} />
}

function Compose({ onClose }: Pick<Editing, 'onClose'>) {
  const form = useAnnouncementForm()
  const publish = useRef(true)
  const done = useDone()
  const add = useWrite('POST /admin/announcements', { withId: true, changes })
  const save = (words: Words) =>
    add.send({ ...trimmed(words), publish: publish.current }, () => {
      done(publish.current ? '公告已发布' : '公告已保存')
      onClose()
    })
  const submit = (toPublish: boolean) => {
    publish.current = toPublish
    form.submit()
  }
  return (
    <FormModal
      title="写公告"
      width={600}
      form={form}
      write={add}
      onSave={save}
      onClose={onClose}
      footer={[
        <Button key="draft" onClick={() => submit(false)}>
          存为草稿
        </Button>,
        <Button key="save" type="primary" loading={add.isPending} onClick={() => submit(true)}>
          立即发布
        </Button>,
      ]}
    >
      <AnnouncementFields />
    </FormModal>
  )
}

function Edit({ announcement, onClose }: Editing) {
  const form = useAnnouncementForm()
  const [opened, setOpened] = useState(announcement)
  const done = useDone()
  const patch = useWrite('PATCH /admin/announcements/:announcementId', { withId: false, changes })
  const save = (words: Words, revision = opened.revision) =>
    patch.send({ announcementId: opened.announcementId, ...trimmed(words), revision }, () => {
      done('公告已保存')
      onClose()
    })
  const take = (now: Words, revision: string) => {
    form.setFieldsValue(now)
    setOpened({ ...opened, ...now, revision })
    patch.reset()
  }
  const comparison = outdatedIn(patch.error) && (
    <Outdated<Words>
      error={patch.error}
      opened={opened}
      mine={() => form.getFieldsValue()}
      labels={{ title: '标题', body: '正文' }}
      onKeep={save}
      onTake={take}
    />
  )
  return (
    <FormModal
      title="修改公告"
      width={600}
      form={form}
      initial={announcement}
      write={patch}
      refusal={comparison}
      onSave={(words) => save(words)}
      onClose={onClose}
    >
      <AnnouncementFields />
    </FormModal>
  )
}
