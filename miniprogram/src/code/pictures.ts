import qrcode from 'qrcode-generator'
import { code128 } from './code128'
import { pngUri } from './png'

const quietModules = 4
const qrModulePx = 8
const barModulePx = 4
const barHeightPx = 120

/** Digits as a QR code with its white border, a PNG data URI. */
export function qrPicture(digits: string): string {
  const code = qrcode(0, 'M')
  code.addData(digits, 'Numeric')
  code.make()
  const modules = code.getModuleCount()
  const edge = (modules + 2 * quietModules) * qrModulePx
  const moduleAt = (px: number) => Math.floor(px / qrModulePx) - quietModules
  const isInside = (module: number) => module >= 0 && module < modules
  return pngUri(edge, edge, (x, y) => {
    const [column, row] = [moduleAt(x), moduleAt(y)]
    return isInside(column) && isInside(row) && code.isDark(row, column)
  })
}

/** Digits as Code 128 with its white margins, a PNG data URI. */
export function barPicture(digits: string): string {
  const modules = code128(digits)
  return pngUri(modules.length * barModulePx, barHeightPx, (x) => modules[Math.floor(x / barModulePx)] === true)
}

/** `88372201` → `8837 2201`. */
export const inFours = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')
