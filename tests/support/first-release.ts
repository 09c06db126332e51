import { dataKeys } from '@pointbook/server/platform/data-keys'
import { migrate } from '@pointbook/server/platform/database/migrate'
import { readMigrations } from '@pointbook/server/platform/database/migration-files'
import mysql from 'mysql2/promise'

/** The last migration of the first release: its members had openid, birthday and address in the clear. */
const FIRST_RELEASE = 21

export const oldPeople = Array.from({ length: 7 }, (_, index) => ({
  memberId: 10_000_001 + index,
  openid: index === 6 ? 'import:A-7' : `oFirst${index}`,
  phone: index === 6 ? '' : `1380000000${index}`,
  birthday: index % 2 === 0 ? `198${index}-02-1${index}` : null,
  address: index % 3 === 0 ? `人民路 ${index} 号` : '',
}))

/** Fills an empty database with a shop of the first release, and migrates it to the present one. */
export async function fillAsFirstRelease(url: string, dataSecret: string): Promise<void> {
  await migrate(url, { migrations: readMigrations().slice(0, FIRST_RELEASE) })
  const keys = dataKeys({ dataSecret, dataSecretOld: '' })
  const connection = await mysql.createConnection({ uri: url })
  for (const { memberId, openid, phone, birthday, address } of oldPeople) {
    const row = {
      ...{ id: memberId, openid, birthday, address, nickname: `会员${memberId}` },
      phone_hash: keys.hash(phone || openid),
      // Values of the first release do not name their key.
      phone_sealed: phone && keys.seal(phone).split(':')[1],
      ...{ phone_masked: phone && `138****${phone.slice(-4)}`, phone_tail: phone.slice(-4) },
      ...{ avatar_url: '', sex: 'unknown', tags: '[]', invite_code: `C${memberId}`, source: 'mini-program' },
      joined_at: '2026-01-01 00:00:00.000',
    }
    await connection.query('INSERT INTO members SET ?', [row])
    await connection.query('INSERT INTO points_accounts SET ?', [accountOf(memberId)])
  }
  const detail = JSON.stringify({
    before: { birthday: '1990-01-02', address: '' },
    after: { birthday: null, address: '人民路 1 号' },
  })
  const line = { actor: 'admin/demo', action: 'member.profile', subject: 'member/10000001', text: '修改资料', detail }
  await connection.query('INSERT INTO audit_log SET ?', [{ ...line, at: '2026-01-01 00:00:00.000' }])
  await connection.end()
  await migrate(url)
}

const accountOf = (memberId: number) => ({
  ...{ member_id: memberId, balance: 0, debt: 0, standing: 'active', earned: 0, spent: 0, expired: 0 },
  ...{ seq: 0, purchases: 0, spend_fen: 0, earned_by_month: '{}' },
  seal: Buffer.alloc(32),
})
