import { Modal } from 'antd'
import { useWrite } from '../../api/use-write.ts'
import { AnnouncementForm, useAnnouncementForm } from '../../pieces/announcement-form.tsx'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { useDone } from '../../pieces/use-done.tsx'
import { caseReadings } from './readings.ts'

interface Props {
  caseId: number
  draft: { title: string; body: string }
  onClose: () => void
}

export function Publish({ caseId, draft, onClose }: Props) {
  const form = useAnnouncementForm()
  const done = useDone()
  const publish = useWrite('POST /admin/cases/:caseId/announcement', {
    withId: true,
    changes: [...caseReadings, 'GET /admin/announcements'],
  })
  const send = (words: { title: string; body: string }) =>
    publish.send({ caseId, ...words }, () => {
      done('结果已公示，会员在小程序的「公告」里可以看到')
      onClose()
    })
  return (
    <Modal
      open
      title="公示处理结果"
      okText="公示给全体会员"
      cancelText="取消"
      okButtonProps={{ loading: publish.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      width={600}
    >
      <p className="soft">姓名已隐去中间的字。发布前请确认没有写出可以认出个人的信息。</p>
      <AnnouncementForm form={form} initial={draft} onFinish={send} />
      <RefusalAlert error={publish.error} />
    </Modal>
  )
}
