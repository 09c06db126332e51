import type { Api } from '@pointbook/shared/contract/index'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Speaker } from './world.ts'

// Edits by a merchant who has just looked: each reads the revision, then sends the change.

type Change<Op extends keyof Api, Keys extends string = never> = Omit<Api[Op]['input'], 'revision' | Keys>

export async function changeStore(
  admin: Speaker,
  change: Change<'PATCH /admin/stores/:storeId'> & { storeId: number },
) {
  const { rows } = await admin.call('GET /admin/stores')
  const { revision } = rows.find(({ storeId }) => storeId === change.storeId)!
  return admin.call('PATCH /admin/stores/:storeId', { ...change, revision })
}

export async function changeItem(admin: Speaker, change: Change<'PATCH /admin/items/:itemId'> & { itemId: number }) {
  const { rows } = await admin.call('GET /admin/items')
  const { revision } = rows.find(({ itemId }) => itemId === change.itemId)!
  return admin.call('PATCH /admin/items/:itemId', { ...change, revision })
}

export async function changeSettings(admin: Speaker, change: Change<'PUT /admin/settings'>) {
  const { revision } = await admin.call('GET /admin/settings')
  return admin.call('PUT /admin/settings', { ...change, revision })
}

export async function keepDraft(admin: Speaker, draft: Policy | null) {
  const { draftRevision: revision } = await admin.call('GET /admin/policy')
  return admin.call('PUT /admin/policy/draft', { draft, revision })
}

export async function givePost(admin: Speaker, post: Change<'PUT /admin/staff/:memberId'>) {
  const { rows } = await admin.call('GET /admin/staff')
  const revision = rows.find(({ memberId }) => memberId === post.memberId)?.revision ?? null
  return admin.call('PUT /admin/staff/:memberId', { ...post, revision })
}

export async function tagMember(admin: Speaker, memberId: number, tags: string[]) {
  const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
  return admin.call('PUT /admin/members/:memberId/tags', { memberId, tags, revision: revisions.tags })
}

export async function announcementNow(admin: Speaker, announcementId: number) {
  const { rows } = await admin.call('GET /admin/announcements', { limit: 100 })
  return rows.find((row) => row.announcementId === announcementId)!
}
