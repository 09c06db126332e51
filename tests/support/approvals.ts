import type { Api } from '@pointbook/shared/contract/index'
import type { Speaker } from './world.ts'

type Rules = Omit<Api['PUT /admin/approval-rules']['input'], 'revision'>

/** Changes some of the rules about what needs a second person. */
export async function changeRules({ call }: Pick<Speaker, 'call'>, wanted: Partial<Rules>): Promise<void> {
  const { deciders: _, ...rules } = await call('GET /admin/approval-rules')
  await call('PUT /admin/approval-rules', { ...rules, ...wanted })
}
