import { Radio } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { saveFile } from '../../../pieces/save-file.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

const formats = [
  { value: 'spreadsheet', label: '表格（Excel）', ending: 'xlsx' },
  { value: 'json', label: 'JSON（转移到其他系统）', ending: 'json' },
] as const

type Format = (typeof formats)[number]['value']

/** For a member who asked the shop for a copy of the own data. */
export function ExportData({ member, onClose }: { member: Member; onClose: () => void }) {
  const done = useDone()
  const [format, setFormat] = useState<Format>('spreadsheet')
  const exporting = useWrite('POST /admin/members/:memberId/export', {
    withId: false,
    changes: ['GET /admin/members/:memberId'],
  })
  const confirm = (reason: string) =>
    exporting.send({ memberId: member.memberId, format, reason }, (file) => {
      const { ending } = formats.find(({ value }) => value === format)!
      saveFile(`会员资料-${member.memberNo}.${ending}`, new Blob([new Uint8Array(file)]))
      done('已导出，请只交给会员本人')
      onClose()
    })
  return (
    <AskReason
      open
      title={`导出「${member.nickname}」的资料`}
      okText="导出"
      placeholder="例如：会员本人到店索取，已核对身份"
      write={exporting}
      besides={format}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p className="soft">
        文件里有完整手机号、生日、地址和全部积分、消费记录，只能交给会员本人。文件不会存在服务器上，导出会记入审计日志。
      </p>
      <Radio.Group
        value={format}
        onChange={({ target }) => setFormat(target.value)}
        options={formats.map(({ value, label }) => ({ value, label }))}
        style={{ marginBottom: 16 }}
      />
    </AskReason>
  )
}
