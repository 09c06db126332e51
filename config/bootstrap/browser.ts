import { existsSync } from 'node:fs'
import path from 'node:path'
import { run } from './children.ts'
import { installPackages } from './packages.ts'
import { Trouble } from './step.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
const onMacOs = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)

/** Path of a Chromium to test with, installed if need be and possible. */
export async function requireBrowser(note: (text: string) => void): Promise<string> {
  const setting = process.env['CHROMIUM_PATH']
  if (setting && !existsSync(setting)) throw new Trouble(`CHROMIUM_PATH names ${setting}, which does not exist.`)
  const browserPath = setting || findBrowser()
  if (browserPath) return browserPath
  const installed = await installPackages([['chromium'], ['chromium-browser']])
  if (installed) note(`installed ${installed.join(', ')}`)
  const browser = findBrowser()
  if (browser) return browser
  throw new Trouble('There is no Chromium on this machine to test with.', {
    advice: 'Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test',
  })
}

/** Checks that there is a Chinese font. Without one the screens show boxes, so this warns and does not fail. */
export async function requireChineseFont(note: (text: string) => void) {
  if (process.platform !== 'linux' || (await hasChineseFont())) return
  const installed = await installPackages([['fonts-noto-cjk', 'fontconfig']])
  note(installed ? `installed ${installed.join(', ')}` : 'no Chinese font found; screenshots will show boxes')
}

async function hasChineseFont() {
  const fonts = await run(['fc-list', ':lang=zh-cn', 'file']).catch(() => '')
  return fonts.trim() !== ''
}

function findBrowser() {
  const folders = [...(process.env['PATH'] ?? '').split(':'), ...usualFolders]
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)))
  return [...candidates, ...onMacOs].find((file) => existsSync(file))
}
