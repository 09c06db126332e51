import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { caseReadings } from './readings.ts'

export function Note({ caseId }: { caseId: number }) {
  const [open, setOpen] = useState(false)
  const add = useWrite('POST /admin/cases/:caseId/notes', { withId: true, changes: caseReadings })
  return (
    <>
      <Act op="POST /admin/cases/:caseId/notes" size="small" onClick={() => setOpen(true)}>
        记一笔
      </Act>
      <AskReason
        open={open}
        title="记下调查的发现"
        label="内容"
        okText="记下"
        placeholder="例如：11 月 20 日已核对收银记录，三张小票不存在。会员看不到"
        write={add}
        onConfirm={(text) => add.send({ caseId, text }, () => setOpen(false))}
        onCancel={() => setOpen(false)}
      />
    </>
  )
}
