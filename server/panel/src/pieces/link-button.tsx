import { Button, type ButtonProps } from 'antd'
import { useHref, useLinkClickHandler } from 'react-router'

/** A link that looks like a button: one tab stop, and a link for screen readers. */
export function LinkButton({ to, ...button }: Omit<ButtonProps, 'href' | 'onClick'> & { to: string }) {
  return <Button {...button} href={useHref(to)} onClick={useLinkClickHandler<HTMLElement>(to)} />
}
