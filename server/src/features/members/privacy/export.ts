import { dayOf, instantText } from '@pointbook/shared/day'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import type { FastifyReply } from 'fastify'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readShop } from '../../shop/settings/store.ts'
import { laws } from '../directory/laws.ts'
import type { PersonalPart } from '../directory/personal-part.ts'
import { requireMember } from '../directory/store.ts'
import { memberNo } from '../directory/words.ts'
import { readEverything } from './personal-data.ts'
import { type Sheet, spreadsheetOf } from './spreadsheet.ts'

export type Format = 'spreadsheet' | 'json'

const kinds = {
  spreadsheet: {
    name: '表格',
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  json: { name: 'JSON', ending: 'json', type: 'application/json' },
} as const

interface Wish {
  memberId: number
  format: Format
  actor: ActorRef
  /** Why the merchant exports it; '' for the member. */
  reason: string
}

/**
 * All that the shop holds about a member, as a file (Law9). The file is made for this answer and stored nowhere; a line of the
 * audit log says who got it. Throws `member.unknown`.
 */
export async function exportMember(
  server: Server,
  parts: readonly PersonalPart[],
  { memberId, format, actor, reason }: Wish,
  reply: FastifyReply,
): Promise<Uint8Array> {
  const { db, clock, offsetMinutes } = server
  await requireMember(db, memberId)
  const at = clock.now()
  const { name: shop } = await readShop(db)
  const sheets = await readEverything(server, memberId, parts)
  const facts = { 商家: shop, 会员号: memberNo(memberId), 导出时间: instantText(at, offsetMinutes) }
  const file = format === 'json' ? jsonOf(facts, sheets) : await spreadsheetOf([aboutSheet(facts), ...sheets])
  const { name, ending, type } = kinds[format]
  const text = reason ? `导出会员资料（${name}）：${reason}` : `会员导出了自己的资料（${name}）`
  await inTransaction(db, (tx) =>
    record(tx, at, { actor, action: 'member.export', subject: memberRef(memberId), text }),
  )
  const fileName = `${shop}-会员资料-${dayOf(at, offsetMinutes)}.${ending}`
  reply.type(type).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  return file
}

type Facts = Record<string, string>

/** Rows as objects, with the columns as names, for other systems. */
const jsonOf = (facts: Facts, sheets: readonly Sheet[]): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      ...facts,
      资料: Object.fromEntries(
        sheets.map(({ title, columns, rows }) => [
          title,
          rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))),
        ]),
      ),
    }),
  )

const aboutSheet = (facts: Facts): Sheet => ({
  title: '说明',
  columns: ['项目', '内容'],
  rows: [
    ...Object.entries(facts),
    ['注销后', '姓名、手机号、微信、生日、地址和消息都会删除；下列记录去掉这些信息后依法保留'],
    ...Object.values(laws).map(({ name, why, until }) => [name, `${why}；${until}`]),
  ],
})
