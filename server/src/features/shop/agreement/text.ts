import { optionalPurposes, purposes } from '@pointbook/shared/purposes'
import type { Section } from './tables.ts'

/**
 * The edition of the standard text below. Raise it by one with every change of the text, and say in `CHANGES` what is new: at the
 * next start each shop publishes a new version, and its members are asked for it.
 */
export const EDITION = 1

/** What the edition brings, as the members read it. */
export const CHANGES = '写明了每一种用途和怎样拒绝，增加了 14 周岁以下的说明'

const optional = optionalPurposes.map((purpose) => `${purposes[purpose].title}：${purposes[purpose].what}`).join('\n')

const standard: readonly Section[] = [
  {
    title: '会员与积分',
    text: '加入会员免费。积分怎样获得、怎样使用、什么时候到期，都写在「积分规则」里；规则调整会在小程序公布，已经获得的积分按获得时的规则计算。积分不能兑现、不能转让。',
  },
  {
    title: '退货与异常',
    text: '退货时，这笔消费获得的积分按比例收回。对刷单、恶意注册等行为，我们会先冻结账户再核实，核实后告知结果；您可以随时联系我们申诉。',
  },
  {
    title: '我们收集什么，为什么',
    text: '微信身份标识：识别是您本人。\n手机号：注册会员，到店报手机号也能查到您。\n昵称、头像、性别、生日、地址：您自愿填写，用于称呼和生日礼，不填不影响攒积分。\n消费与积分记录：计算和核对积分。',
  },
  {
    title: '可以拒绝的用途',
    text: `${optional}\n不想要哪一种，随时可以在「我的 → 隐私与数据」里关闭，也可以请门店代办。关闭以后，会员和积分都不受影响。`,
  },
  {
    title: '14 周岁以下',
    text: '未满 14 周岁，要先由父母或其他监护人用自己的手机号同意，才能加入。我们不给 14 周岁以下的会员个性化优惠。监护人可以随时联系门店，撤回同意并注销会员。',
  },
  {
    title: '我们怎样保护',
    text: '资料只用于会员服务，不会出售；除法律要求外不提供给他人。手机号在店员和后台界面中隐去中间几位。',
  },
  {
    title: '您的权利',
    text: '您可以在「我的 → 隐私与数据」里查看本店保存的全部信息，导出一份带走，也可以更正、拒绝某种用途、注销会员。注销申请有等待期，期间可以撤回；注销后积分同时失效，资料删除，只按法律要求保留不含身份信息的账目、交易和同意的记录。为防止重复领取入会礼，手机号和微信的加密标记会保留一段时间，期限写在注销页上。',
  },
  {
    title: '内容有变时',
    text: '内容有变，就是新的一版，您打开小程序时会请您重新同意。暂时不同意也没关系：积分和会员照旧，按您上次同意的版本办。',
  },
]

/** The whole text, with the shop's own terms at its end. */
export const sectionsWith = (supplement: string): Section[] => [
  ...standard,
  ...(supplement ? [{ title: '本店的补充约定', text: supplement }] : []),
]
