import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromWeChat } from '../../../platform/wechat/from-wechat.ts'
import type { Server } from '../../../server.ts'

const PAGE = 'pages/home/index'

/** Pictures of invitations. WeChat draws each once; then it is stored among our files. */
export function invitationPictures({ wechat, files, env }: Server): (inviteCode: string) => Promise<string> {
  const folder = join(files.folder, 'invitations')
  const drawing = new Map<string, Promise<Buffer>>()

  /** Another edition of the mini-program needs another picture. */
  const pathOf = (inviteCode: string) => join(folder, `${env.wechat.miniprogramState}-${inviteCode}`)

  async function draw(inviteCode: string): Promise<Buffer> {
    const asked = wechat.codeUnlimited({ scene: `i=${inviteCode}`, page: PAGE })
    const { bytes } = await fromWeChat(asked, 'wechat.unavailable')
    await mkdir(folder, { recursive: true })
    const unfinished = join(folder, `.${randomUUID()}`)
    await writeFile(unfinished, bytes)
    await rename(unfinished, pathOf(inviteCode))
    return bytes
  }

  function drawOnce(inviteCode: string): Promise<Buffer> {
    const drawn = drawing.get(inviteCode) ?? draw(inviteCode).finally(() => drawing.delete(inviteCode))
    drawing.set(inviteCode, drawn)
    return drawn
  }

  return async (inviteCode) => {
    const bytes = await readFile(pathOf(inviteCode)).catch(() => drawOnce(inviteCode))
    const mediaType = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
    return `data:${mediaType};base64,${bytes.toString('base64')}`
  }
}
