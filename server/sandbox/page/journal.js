import { exactTime, h } from './dom.js'

const names = {
  '/sns/jscode2session': '登录',
  '/cgi-bin/stable_token': '取接口令牌',
  '/wxa/business/getuserphonenumber': '取手机号',
  '/wxa/getwxacodeunlimit': '生成小程序码',
  '/cgi-bin/message/subscribe/send': '发送订阅消息',
  subscribe_msg_popup_event: '推送：订阅弹窗',
  subscribe_msg_change_event: '推送：关闭订阅',
  subscribe_msg_sent_event: '推送：消息送达',
}

// Entries a person has opened stay open while new ones come in above them.
const opened = new Set()

export function journal(entries) {
  if (entries.length === 0) return h('li', { class: 'hint' }, '还没有请求。打开小程序，登录一次试试。')
  return entries.map(line)
}

function line(entry) {
  const { id, atMs, direction, method, path, asked, answered, tookMs } = entry
  const [arrow, told] = direction === 'in' ? ['→', '商家服务器 → 微信'] : ['←', '微信 → 商家服务器']
  const details = h(
    'details',
    { ontoggle: () => (details.open ? opened.add(id) : opened.delete(id)) },
    h(
      'summary',
      {},
      h('time', {}, exactTime(atMs)),
      h('span', { title: told }, arrow),
      h('span', { class: 'path', title: path }, names[path] ?? path),
      verdict(entry),
    ),
    h('pre', {}, `${method} ${path}\n${asked}\n\n${answered || '（空）'}\n${Math.round(tookMs)} 毫秒`),
  )
  details.open = opened.has(id)
  return h('li', {}, details)
}

function verdict({ status, errcode }) {
  if (status === 0) return h('span', { class: 'verdict bad' }, '无应答')
  if (status !== 200) return h('span', { class: 'verdict bad' }, String(status))
  if (errcode !== 0) return h('span', { class: 'verdict bad' }, String(errcode))
  return h('span', { class: 'verdict' }, '成功')
}
