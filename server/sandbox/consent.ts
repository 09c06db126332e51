import { pushEvent } from './push.ts'
import type { Person, World } from './types.ts'

export type Answers = Record<string, 'accept' | 'reject'>

// WeChat's typings allow five by now, older clients three: what works with three works everywhere.
const mostTemplates = 3

/**
 * The result of wx.requestSubscribeMessage, with the person's answers in the dialog. Each accept gives credit for one message; a
 * refusal does not remove earlier credit.
 */
export function askConsent(world: World, person: Person, tmplIds: string[], answers: Answers): Record<string, unknown> {
  if (tmplIds.length === 0) return failed(10001, 'TmplIds can not be empty')
  if (tmplIds.length > mostTemplates) return failed(20003, 'Templates count out of max bounds')
  const templates = world.settings.templates.filter(({ templateId }) => tmplIds.includes(templateId))
  if (templates.length < new Set(tmplIds).size)
    return failed(20001, 'No template data return, verify the template id exist')
  if (person.messagesOff) return failed(20004, 'The main switch is switched off')

  const outcome = templates.map(({ templateId, banned }) => {
    if (banned) return [templateId, 'ban'] as const
    // Templates switched off in the settings are not asked for again.
    return [templateId, person.refused.includes(templateId) ? 'reject' : (answers[templateId] ?? 'reject')] as const
  })
  for (const [templateId, answer] of outcome) {
    if (answer === 'accept') person.credits[templateId] = (person.credits[templateId] ?? 0) + 1
  }
  world.changed()
  const said = outcome.filter(([, answer]) => answer !== 'ban')
  if (said.length > 0) pushEvent(world, person.openid, 'subscribe_msg_popup_event', said.map(popupItem))
  return { errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(outcome) }
}

function popupItem([templateId, answer]: readonly [string, string]) {
  return { TemplateId: templateId, SubscribeStatusString: answer, PopupScene: '0' }
}

/** The switch in the phone's settings. Off removes all credit; only switching off is reported to the server. */
export function switchTemplate(world: World, person: Person, templateId: string, on: boolean): void {
  const wasOff = person.refused.includes(templateId)
  person.refused = person.refused.filter((id) => id !== templateId)
  if (!on) {
    person.refused.push(templateId)
    person.credits[templateId] = 0
  }
  world.changed()
  if (on || wasOff) return
  pushEvent(world, person.openid, 'subscribe_msg_change_event', [
    { TemplateId: templateId, SubscribeStatusString: 'reject' },
  ])
}

function failed(errCode: number, text: string) {
  return { errMsg: `requestSubscribeMessage:fail ${text}`, errCode }
}
