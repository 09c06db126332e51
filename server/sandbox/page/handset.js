import { fullTime, h, shortTime } from './dom.js'

/** The phone in the middle: its service notices, and the way into the mini-program. */
export function handset({ state, person, messages }) {
  const notices = messages.flatMap((message) => [
    h('p', { class: 'moment' }, fullTime(message.sentAtMs)),
    notice(message, state.previewUrl),
  ])
  return [
    h(
      'div',
      { class: 'handset' },
      h('div', { class: 'status' }, h('span', {}, shortTime(state.nowMs)), h('span', {}, `${person.name}的手机`)),
      h('div', { class: 'title' }, '服务通知'),
      h('div', { class: 'chat' }, ...(notices.length > 0 ? notices : [empty()])),
    ),
    h('a', { class: 'open', href: previewOf(state.previewUrl, person.openid), target: '_blank' }, '用此手机打开小程序'),
  ]
}

function notice({ title, lines, page, openid }, previewUrl) {
  const rows = lines.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)])
  const foot = page
    ? h('a', { href: previewOf(previewUrl, openid, page), target: '_blank' }, '进入小程序查看', h('span', {}, '›'))
    : h('div', { class: 'inert' }, '此消息不可点击')
  return h(
    'article',
    { class: 'notice' },
    h('div', { class: 'app' }, h('i', {}, '积'), '积分簿'),
    h('h3', {}, title),
    h('dl', {}, ...rows),
    foot,
  )
}

function previewOf(previewUrl, openid, page = '') {
  return `${previewUrl}?phone=${openid}${page && `#/${page}`}`
}

function empty() {
  const box = h('div', { class: 'empty' })
  box.innerHTML = `<svg viewBox="0 0 92 76" fill="none" stroke="#b9c2bc" stroke-width="2.5" stroke-linejoin="round">
    <rect x="6" y="10" width="66" height="48" rx="10" fill="#fff"/><path d="M20 26h38M20 38h24" stroke-linecap="round"/>
    <circle cx="72" cy="56" r="14" fill="#e8f7ee" stroke="#07a854"/><path d="m66 56 4.5 4.5L79 52" stroke="#07a854" stroke-linecap="round"/></svg>`
  box.append('还没有收到消息', h('small', {}, '在小程序里同意订阅后，积分到期提醒和取货通知会出现在这里'))
  return box
}
