import type { DemoPhone } from './sandbox'

/** The strip above every page: it names the demo and the owner of the phone. */
export function layRibbon(onTap: () => void) {
  const ribbon = document.createElement('button')
  ribbon.type = 'button'
  ribbon.className = 'preview-ribbon'
  ribbon.textContent = '演示预览'
  ribbon.addEventListener('click', onTap)
  document.body.prepend(ribbon)
  return (phone: DemoPhone | undefined) => {
    ribbon.textContent = phone ? `演示预览 · ${phone.name}的手机 · 换一部` : '演示预览 · 选择一部手机'
  }
}
