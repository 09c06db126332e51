import { and, desc, eq, inArray } from 'drizzle-orm'
import { blank, type PersonalPart, sliced, thenErased, when } from '../../members/directory/personal-part.ts'
import { type ApprovalState, approvalsTable } from '../approvals/tables.ts'

const { memberId, askedAt, approvalId, state } = approvalsTable

const stateTexts: Record<ApprovalState, string> = {
  waiting: '等待审批',
  approved: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
  ended: '已失效',
}

export const approvalPersonal: PersonalPart = {
  sections: [
    sliced(
      { title: '审批', columns: ['提交时间', '内容', '结果', '处理时间'], of: approvalsTable },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select()
          .from(approvalsTable)
          .where(inArray(memberId, memberIds))
          .orderBy(desc(askedAt), desc(approvalId))
          .limit(limit)
          .offset(offset)
        return rows.map((row) => [
          when(reader, row.askedAt),
          row.title,
          stateTexts[row.state],
          when(reader, row.decidedAt),
        ])
      },
    ),
  ],
  async obstacles({ db }, { memberIds }) {
    const waiting = await db.$count(approvalsTable, and(eq(state, 'waiting'), inArray(memberId, memberIds)))
    return waiting > 0
      ? [{ text: '有一笔和您有关的积分还在等商家审批', advice: '请等商家处理完再申请；着急的话请联系商家', page: '' }]
      : []
  },
  leaving: [
    blank(
      approvalsTable,
      'accounting',
      (id) => eq(memberId, id),
      () => ({ title: '会员已注销，内容已删除', request: null, reason: '' }),
      thenErased(memberId),
    ),
  ],
}
