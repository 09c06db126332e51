import { createHash, randomBytes } from 'node:crypto'
import type { Code, Person, World } from './types.ts'

const seeds = [
  { name: '林小满', phone: '13900000001', colour: '#2f7d5b' },
  { name: '周子墨', phone: '13900000002', colour: '#3d6fb4' },
  { name: '沈嘉禾', phone: '13900000003', colour: '#c2703d' },
  { name: '何书言', phone: '13900000004', colour: '#8a5aa8' },
  { name: '陈店员', phone: '13900000008', colour: '#4a5a6a' },
  { name: '王店长', phone: '13900000009', colour: '#9a3f4f' },
]
const colours = ['#2f7d5b', '#3d6fb4', '#c2703d', '#8a5aa8', '#b08a2e', '#3a8c93']

/** The same people with the same openids at every start, so that addresses and databases stay valid. */
export function seedPeople(appId: string): Person[] {
  return seeds.map((seed) => {
    const digest = createHash('sha256').update(`${appId}/${seed.name}`).digest()
    return aPerson({ ...seed, openid: openidOf(digest) })
  })
}

export function addPerson(world: World, { name, phone }: { name?: string; phone?: string }): Person {
  const count = world.people.length
  const person = aPerson({
    openid: openidOf(randomBytes(32)),
    name: name ?? `访客${count + 1}`,
    phone: phone ?? `137${String(count + 1).padStart(8, '0')}`,
    colour: colours[count % colours.length]!,
  })
  world.people.push(person)
  world.changed()
  return person
}

function aPerson(fields: Pick<Person, 'openid' | 'name' | 'phone' | 'colour'>): Person {
  const sessionKey = randomBytes(16).toString('base64')
  return { ...fields, sessionKey, countryCode: '86', risky: false, messagesOff: false, refused: [], credits: {} }
}

/** 28 characters beginning with o, as WeChat's are. */
function openidOf(bytes: Buffer): string {
  return `o${bytes.toString('base64url').slice(0, 27)}`
}

export function personOf(world: World, openid: unknown): Person | undefined {
  return world.people.find((person) => person.openid === openid)
}

/** A code as wx.login or the getPhoneNumber button gives it. A newer code of its kind makes the older ones useless. */
export function mintCode(world: World, openid: string, kind: Code['kind']): string {
  for (const code of world.codes.values()) {
    if (code.openid === openid && code.kind === kind && code.state === 'fresh') code.state = 'replaced'
  }
  const value = `0${randomBytes(24).toString('base64url')}`.slice(0, 32)
  world.codes.set(value, { kind, openid, issuedAtMs: world.now(), state: 'fresh' })
  return value
}

export const maskPhone = (phone: string) => phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
