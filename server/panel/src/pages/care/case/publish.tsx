import { useWrite } from '../../../api/use-write.ts'
import { AnnouncementFields, trimmed, useAnnouncementForm, type Words } from '../../../pieces/announcement-form.tsx'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { caseReadings } from './readings.ts'

interface Props {
  caseId: number
  draft: Words
  onClose: () => void
}

export function Publish({ caseId, draft, onClose }: Props) {
  const form = useAnnouncementForm()
  const done = useDone()
  const publish = useWrite('POST /admin/cases/:caseId/announcement', {
    withId: true,
    changes: [...caseReadings, 'GET /admin/announcements'],
  })
  const send = (words: Words) =>
    publish.send({ caseId, ...trimmed(words) }, () => {
      done('结果已公示，会员在小程序的「公告」里可以看到')
      onClose()
    })
  return (
    <FormModal
      title="公示处理结果"
      okText="公示给全体会员"
      width={600}
      form={form}
      initial={draft}
      write={publish}
      before={<p className="soft">姓名已隐去中间的字。发布前请确认没有写出可以认出个人的信息。</p>}
      onSave={send}
      onClose={onClose}
    >
      <AnnouncementFields />
    </FormModal>
  )
}
