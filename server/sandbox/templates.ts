import type { Template } from './types.ts'

/** The two templates a shop chooses in the WeChat console; their keys are what our messages must fill. */
export function demoTemplates({ reminderTemplateId = '', pickupTemplateId = '' }): Template[] {
  const reminder = {
    templateId: reminderTemplateId,
    title: '积分到期提醒',
    keys: [
      { key: 'number1', label: '到期积分' },
      { key: 'date2', label: '到期时间' },
      { key: 'thing3', label: '可兑换' },
      { key: 'thing4', label: '温馨提示' },
    ],
  }
  const pickup = {
    templateId: pickupTemplateId,
    title: '兑换成功通知',
    keys: [
      { key: 'thing1', label: '商品名称' },
      { key: 'character_string2', label: '取货码' },
      { key: 'number3', label: '使用积分' },
      { key: 'thing4', label: '温馨提示' },
    ],
  }
  return [reminder, pickup].filter(({ templateId }) => templateId !== '')
}
