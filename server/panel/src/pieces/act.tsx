import { Button, type ButtonProps } from 'antd'
import type { Operation } from '../api/call.ts'
import { useMay } from '../session/use-may.tsx'

/** A button that begins an operation; nothing for accounts that may not use it. */
export function Act({ op, ...button }: ButtonProps & { op: Operation }) {
  return useMay()(op) ? <Button {...button} /> : null
}
