import { ask, byId, draw, fullTime, h } from './dom.js'
import { handset } from './handset.js'
import { journal } from './journal.js'

const faults = [
  { label: '答复系统繁忙', fault: { errcode: -1 } },
  { label: '说令牌已失效', fault: { errcode: 42001 } },
  { label: '说代码无效', fault: { errcode: 40029 } },
  { label: '说今日额度用完', fault: { errcode: 45009 } },
  { label: '8 秒后才答复', fault: { delayMs: 8000 } },
  { label: '返回 502', fault: { status: 502 } },
  { label: '收到前断开', fault: { drop: 'before' } },
  { label: '办完后断开', fault: { drop: 'after' } },
]

let chosen = new URLSearchParams(location.search).get('phone')

async function refresh() {
  const state = await ask('GET', '/control/state')
  const person = state.people.find(({ openid }) => openid === chosen) ?? state.people[0]
  const [messages, entries] = await Promise.all([
    ask('GET', `/phone/messages?openid=${encodeURIComponent(person.openid)}`),
    ask('GET', '/control/journal'),
  ])
  byId('now').textContent = fullTime(state.nowMs)
  byId('whose').textContent = person.name
  draw('people', [state.people, person.openid], () => state.people.map((one) => personRow(one, one === person)))
  draw('phone', [person, messages, Math.floor(state.nowMs / 60_000)], () => handset({ state, person, messages }))
  draw('templates', [state.templates, person], () => switches(state, person))
  draw('pending', state.faults, () => pending(state.faults))
  draw('journal', entries, () => journal(entries))
}

function personRow(person, isChosen) {
  const { openid, name, phoneMasked, colour, initials, messageCount } = person
  const choose = () => {
    chosen = openid
    history.replaceState(null, '', `?phone=${openid}`)
    refresh()
  }
  const avatar = h('span', { class: 'avatar', style: `background:${colour}` }, initials)
  const count = messageCount > 0 ? [h('span', { class: 'count', title: '收到的消息' }, String(messageCount))] : []
  const text = h('span', {}, name, h('small', {}, phoneMasked))
  return h(
    'li',
    {},
    h('button', { type: 'button', class: 'person', 'aria-pressed': isChosen, onclick: choose }, avatar, text, ...count),
  )
}

function switches({ templates }, { openid, credits, refused, messagesOff }) {
  const main = row('接收订阅消息', '总开关，关上后小程序里不再弹出授权', !messagesOff, () =>
    act('POST', '/control/trait', { openid, messagesOff: !messagesOff }),
  )
  const rows = templates.map(({ templateId, title }) => {
    const on = !refused.includes(templateId)
    const left = credits[templateId] ?? 0
    const accept = () => act('POST', '/control/consent', { openid, answers: { [templateId]: 'accept' } })
    const badge = h(
      'span',
      { class: left > 0 ? 'credits' : 'credits none' },
      left > 0 ? `还可发 ${left} 条` : '没有额度',
    )
    const give = h('button', { type: 'button', title: '相当于在授权弹窗里点“允许”', onclick: accept }, '同意一次')
    const toggle = () => act('POST', '/control/template-switch', { openid, templateId, on: !on })
    return row(title, templateId, on, toggle, badge, ...(on && !messagesOff ? [give] : []))
  })
  return [...rows, main]
}

function row(title, text, on, toggle, ...more) {
  const knob = h('button', {
    type: 'button',
    class: 'switch',
    role: 'switch',
    'aria-checked': on,
    'aria-label': title,
    onclick: toggle,
  })
  return h('li', { class: 'template' }, h('div', {}, title, h('small', {}, text)), ...more, knob)
}

function pending(waiting) {
  if (waiting.length === 0) return []
  const clear = h('button', { type: 'button', onclick: () => act('DELETE', '/control/faults') }, '取消')
  const names = byId('endpoint').options
  const told = waiting.map(({ path, times, ...fault }) => {
    const where = [...names].find(({ value }) => value === path)?.text ?? path
    const what =
      faults.find((one) => JSON.stringify(one.fault) === JSON.stringify(fault))?.label ?? JSON.stringify(fault)
    return `${where}：${what}${times > 1 ? ` ×${times}` : ''}`
  })
  return [clear, `等待触发 · ${told.join('；')}`]
}

async function act(method, path, json) {
  await ask(method, path, json)
  await refresh()
}

for (const { label, fault } of faults) {
  const inject = () => act('POST', '/control/faults', { path: byId('endpoint').value, ...fault })
  byId('faults').append(h('button', { type: 'button', onclick: inject }, label))
}
byId('travel').addEventListener('click', ({ target }) => {
  if (target.dataset.ms) act('POST', '/control/clock', { advanceMs: Number(target.dataset.ms) })
})
byId('reset').addEventListener('click', () => {
  if (confirm('恢复初始会清空所有消息、额度和新添加的手机，确定吗？')) act('POST', '/control/reset', {})
})
byId('newcomer').addEventListener('submit', async (event) => {
  event.preventDefault()
  const person = await ask('POST', '/phone/create', { name: new FormData(event.target).get('name') })
  event.target.reset()
  chosen = person.openid
  await refresh()
})

async function keepFresh() {
  await refresh().catch(() => {
    byId('now').textContent = '沙箱已停止'
  })
  setTimeout(keepFresh, 1_500)
}
keepFresh()
