import { UploadOutlined } from '@ant-design/icons'
import { textOf } from '@pointbook/shared/encoding'
import { App, Button, Form, Input, Upload } from 'antd'
import { countText } from '../../../pieces/numbers.ts'
import { Scrolling } from '../../../pieces/scrolling.tsx'
import { firstColumn, memberNumbers } from './member-numbers.ts'

const UNREADABLE = '这个文件不是 UTF-8、GBK 或 UTF-16 的文本，请在表格软件里另存为“CSV UTF-8”再上传'

/** As many as the server takes at once. */
export const MOST_NUMBERS = 10_000

const tooMany = (count: number) =>
  `一次最多补偿 ${countText(MOST_NUMBERS)} 位会员，现在有 ${countText(count)} 位，请分几次发放`

async function requireFew(_rule: unknown, typed = ''): Promise<void> {
  const count = memberNumbers(typed).numbers.length
  if (count > MOST_NUMBERS) throw new Error(tooMany(count))
}

const asideText = (aside: number) => `只取第一列，另有 ${countText(aside)} 格没有读`

interface Props {
  typed: string
  onFile: (text: string) => void
}

/** Member numbers, typed or from a file; what cannot be read is shown under the field. */
export function Numbers({ typed, onFile }: Props) {
  const { message } = App.useApp()
  const { unread, aside } = memberNumbers(typed)
  const take = async (file: Blob) => {
    const text = textOf(new Uint8Array(await file.arrayBuffer()))
    if (text === null) return void message.error(UNREADABLE)
    const { numbers, aside } = firstColumn(text)
    if (numbers.trim() === '') return void message.error('第一列是空的，请把会员号放在第一列再上传')
    if (aside > 0) message.info(asideText(aside))
    onFile(numbers)
  }
  return (
    <>
      <Form.Item
        name="numbers"
        label="会员号"
        rules={[{ required: true, message: '请填写或上传会员号' }, { validator: requireFew }]}
        extra={
          <>
            {aside > 0 && <div>{asideText(aside)}；要都发放，请每行只写一个会员号</div>}
            <Listed title="处不是会员号，不会发放" items={unread} />
          </>
        }
      >
        <Input.TextArea rows={4} placeholder="每行一个，也可以用空格、逗号或顿号隔开" />
      </Form.Item>
      <Upload
        accept=".csv,.txt"
        showUploadList={false}
        beforeUpload={(file) => {
          void take(file)
          return false
        }}
      >
        <Button icon={<UploadOutlined />} size="small" style={{ marginBottom: 20 }}>
          上传 CSV（取第一列）
        </Button>
      </Upload>
    </>
  )
}

/** All of them, in a box that scrolls when there are many. */
export function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <Scrolling name={title} style={{ maxHeight: 88 }}>
      <span>{`${countText(items.length)} ${title}：${items.join('、')}`}</span>
    </Scrolling>
  )
}
