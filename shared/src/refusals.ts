import { group } from './money.ts'

/**
 * Every refusal of the system: its HTTP status and what the person reads. Codes are `noun.state`.
 * `{name}` stands for a value from the refusal's detail.
 */
export const refusals = {
  'input.invalid': [400, '填写的内容有误，请检查后再试'],
  'input.too-large': [413, '内容太大了，请缩小后再试'],
  'input.other-type': [415, '服务器只读 JSON 格式的内容，请更新后再试'],
  'route.unknown': [404, '没有这个地址'],
  'route.other-method': [405, '这个地址不能这样访问，请更新后再试'],
  'request.slow': [408, '网络太慢，请求没有传完，请再试一次'],
  'client.outdated': [426, '请更新小程序：点右上角「…」选「重新进入小程序」，即可使用新版本'],
  'rate.exceeded': [429, '操作太频繁了，请稍等一会儿再试'],
  'server.busy': [503, '现在人有点多，请稍后再试'],
  'database.unavailable': [503, '系统正在恢复，请稍后再试'],
  'clock.wrong': [503, '服务器的时间不对，暂时不能记账；请商家校准服务器的时钟'],

  'session.missing': [401, '请先登录'],
  'session.expired': [401, '登录已过期，请重新登录'],
  'session.invalid': [401, '登录状态无效，请重新登录'],
  'session.forbidden': [403, '您没有权限进行此操作'],
  'session.elsewhere': [403, '请从 {address} 打开后台，再登录和操作'],
  'login.wrong': [401, '账号或密码不正确'],
  'login.code-missing': [401, '请输入验证器上的 6 位数字'],
  'login.code-wrong': [401, '验证码不正确。请输入验证器此刻显示的 6 位数字，或一个没用过的恢复码'],
  'login.password-expired': [401, '一次性密码已过期，请联系店主重置'],
  'login.locked': [429, '密码错误次数过多，请 {minutes} 分钟后再试'],
  'login.strangers-locked': [
    429,
    '有人一直在试这个账号的密码，没登录过的设备请 {minutes} 分钟后再试。现在可以换一台登录过的设备，或请另一位店主、管服务器的人重置密码',
  ],

  'account.not-allowed': [403, '您的账号没有「{permission}」的权限，需要时请联系店主'],
  'account.confined': [403, '您的账号只管指定门店，不能进行此操作'],
  'account.other-store': [403, '这家门店不归您的账号管'],
  'account.set-up-due': [403, '请先完成账号设置，再继续使用'],
  'account.unknown': [404, '没有这个账号，请刷新后再试'],
  'account.taken': [409, '账号「{login}」已经有了，请换一个'],
  'account.last-owner': [409, '至少要有一位可登录的店主，不能停用或改掉最后一位'],
  'account.own': [409, '不能停用自己的账号，也不能改自己的角色，请让另一位店主操作'],
  'account.owner-confined': [409, '店主管全部门店，请选「全部门店」，或换一个角色'],
  'account.inactive': [409, '账号已停用，请先启用'],
  'role.unknown': [404, '没有这个角色，请刷新后再试'],
  'role.taken': [409, '角色「{name}」已经有了，请换一个名称'],
  'role.in-use': [409, '还有 {accounts} 个账号使用这个角色，请先给他们换角色'],
  'password.common': [400, '这个密码太常见，容易被猜中，请换一个更长、更特别的'],
  'password.same': [400, '新密码不能和现在的一样'],
  'password.wrong': [403, '当前密码不正确'],
  'second-factor.wrong': [400, '验证码不正确，请看验证器此刻显示的 6 位数字；手机时间不准也会出错'],
  'second-factor.missing': [409, '还没有开始设置两步验证，请重新扫码'],
  'second-factor.own-first': [409, '请先给自己的账号开启两步验证，再要求其他人'],
  'second-factor.demanded': [409, '店里要求您的角色使用两步验证，不能关闭'],
  'panel-session.unknown': [404, '这个登录已经结束'],

  'approval.unknown': [404, '没有找到这个申请，请刷新后再试'],
  'approval.decided': [409, '{by}已经{what}了这个申请，不用再处理'],
  'approval.ended': [409, '这个申请已经失效：{text}'],
  'approval.own': [403, '自己提交的申请，或为自己的消费提交的申请，要由另一个人审批'],
  'approval.not-own': [403, '只有提交的人可以撤回这个申请'],
  'approval.changed': [409, '内容刚刚有变化，请刷新核对后再决定'],
  'approval.reason-missing': [400, '请写明不同意的原因，提交的人会看到'],
  'approval.nobody': [409, '打开以后没有第二个人能审批。请先在「后台账号」里给另一位开账号，再打开'],
  'approval.no-offset': [409, '这一单要先审批，不能同时用积分抵现。请去掉抵现再提交'],
  'approval.no-coupons': [409, '这一单要审批，不能用券，请去掉优惠券'],

  'wechat.code-invalid': [400, '微信登录凭证已失效，请重试'],
  'wechat.phone-code-invalid': [400, '手机号授权已失效，请重新点击授权'],
  'wechat.risky': [403, '微信判定此账号存在风险，暂时无法登录'],
  'wechat.unavailable': [503, '微信服务暂时不可用，请稍后再试'],
  'ticket.invalid': [401, '注册凭证已过期，请重新进入注册页'],

  'edit.outdated': [409, '您打开之后，这里又被改过。请对照最新的内容，再决定保存哪一份'],
  'move.key-reused': [409, '这个请求号已经用于另一次操作'],

  'member.unknown': [404, '没有找到这位会员'],
  'member.frozen': [403, '账户已被冻结，积分暂不能使用，请联系商家'],
  'member.cancelled': [403, '该会员资格已注销，积分同时失效；如有疑问，请联系商家'],
  'leaving.asked': [409, '已经申请过注销了，{day} 生效'],
  'leaving.barred': [409, '现在还不能注销：{text}'],
  'leaving.changed': [409, '积分刚刚变成了 {points} 分，请看过新的数字再确认'],
  'guardian.needed': [403, '还没有监护人的同意，请先把链接发给爸爸、妈妈或其他监护人'],
  'guardian.confirmed': [409, '监护人已经同意了，不用再确认'],
  'guardian.link-over': [410, '这个链接已经失效，请孩子在小程序里重新发一个'],
  'guardian.too-many': [429, '今天发的链接太多了，请明天再试，或请监护人带您到门店办理'],
  'guardian.same-person': [400, '要由监护人用自己的微信打开，不能自己确认'],
  'guardian.same-phone': [400, '监护人的手机号不能和自己的一样，请换一个手机号，或请另一位监护人确认'],
  'guardian.is-child': [403, '您的会员资料是 14 周岁以下，不能做监护人'],
  'guardian.none': [409, '这位会员没有登记监护人'],
  'consent.of-child': [403, '14 周岁以下的会员没有个性化优惠，不能打开'],
  'leaving.by-guardian': [403, '监护人已撤回同意，会员资格将会注销。监护人改变主意时，请由监护人联系门店'],
  'agreement.changed': [409, '会员协议刚刚有了新版本，请看过新的版本再同意'],
  'member.phone-taken': [409, '这个手机号已经是会员，请用原来的微信登录；微信换了，请在加入页申请换绑，或联系门店'],
  'rebinding.no-member': [404, '这个手机号还不是会员，请直接加入'],
  'rebinding.refused': [409, '原来的微信拒绝了换绑。如果是您本人，请联系门店核对身份后换绑'],
  'rebinding.over': [409, '这个换绑申请已经处理过了，请刷新后再看'],
  'phone.taken': [409, '这个手机号是会员 {memberNo} 的；如果是同一个人，请合并档案'],
  'phone.missing': [409, '这位会员没有绑定手机号'],
  'wechat.unbound': [409, '这位会员现在没有绑定微信'],
  'member.birthday-set': [409, '生日只能设置一次，如需修改请联系商家'],
  'member.merged-into': [409, '这位会员已并入会员 {memberNo}（{nickname}），积分在那份档案里；收银时请重新扫会员码'],
  'member.merged': [409, '这位会员刚刚并入了另一份档案，请再试一次'],
  'tags.invalid': [400, '标签不能为空或重复，每个最多 20 个字，一位会员最多 50 个'],
  'merge.same': [400, '请选择另一位会员来合并'],
  'merge.changed': [409, '两份档案刚刚有变动：现在转入 {points} 分，合并后余额 {balance} 分{rest}，请核对后再合并'],
  'merge.inactive': [409, '会员 {memberNo} 的账户已冻结或注销，不能合并'],
  'merge.chain': [409, '会员 {memberNo} 合并过别的档案，只能作为保留的一方'],
  'birthday.invalid': [400, '生日不正确'],
  'picture.invalid': [400, '这张图片无法识别，请换一张 PNG、JPG 或 WebP 图片'],
  'picture.too-large': [400, '图片的边长不能超过 {mostPx} 像素，请缩小后再上传'],
  'picture.limit-reached': [429, '每天最多更换 {most} 次头像，请明天再试'],
  'picture.unknown': [400, '没有找到这张图片，请重新上传'],

  'invitation.unknown': [404, '邀请码不存在'],
  'invitation.not-due': [409, '还没有达到邀请奖励的条件'],
  'invitation.doubtful': [409, '这次邀请需要先核实'],
  'invitation.not-held': [409, '这次邀请不在待审核之列，可能已经处理过了'],

  'reward.changed': [409, '奖励刚刚变了：现在邀请人得 {inviterPoints} 分、好友得 {inviteePoints} 分，请核对后再通过'],

  'member-code.invalid': [400, '会员码无效，请让会员刷新后再扫'],
  'member-code.expired': [410, '会员码已过期，请让会员刷新后再扫'],
  'member-code.used': [409, '会员码已被使用，请让会员刷新后再扫'],
  'card.unknown': [404, '没有找到这张会员卡，请核对卡号'],
  'card.blank': [409, '这张卡还没有发给会员，请先扫会员码，再为会员发卡'],
  'card.taken': [409, '这张卡已经发出去了，请换一张新卡'],
  'card.lost': [410, '这张卡已挂失。请核对会员身份，扫会员码后补办新卡'],
  'card.replaced': [410, '这张卡已换成新卡，请使用新卡或会员码'],
  'card.none': [404, '会员名下没有使用中的会员卡'],
  'cards.off': [409, '本店没有启用会员卡，可以在后台「设置」里打开'],
  'visit.needs-code': [409, '请会员出示会员码，扫码以后才能发卡'],
  'code.guessed': [429, '连续多次没有找到，请 {minutes} 分钟后再试'],
  'look-up.limit-reached': [429, '查找会员太频繁了，请 {minutes} 分钟后再试，或请会员出示会员码'],
  'visit.expired': [410, '本次服务已超时，请重新扫会员码'],
  'code.unknown': [404, '没有找到这个码，请核对后再试'],

  'points.short': [409, '积分不足，还差 {missing} 分'],
  'points.overdrawn': [409, '最多只能扣减 {usable} 分'],
  'points.too-many': [409, '账户里的积分不能超过 {most} 分'],
  'tier.unknown': [404, '没有这个会员等级'],
  'tier.day-past': [400, '结束日期不能早于今天'],
  'tier.not-granted': [409, '这位会员没有正在生效的授予等级'],
  'adjustment.zero': [400, '调整的积分不能为 0'],
  'adjustment.changed': [409, '积分刚刚有变动：这样调整后余额是 {balance} 分，请核对后再确认'],
  'adjustment.own': [403, '不能调整自己和本店员工的积分，请商家在后台操作'],
  'adjustment.stranger': [403, '这位会员没有来过这家店。请会员出示会员码，扫码以后再调整'],
  'adjustment.day-full': [409, '店长每天最多调整 {most} 分，您今天已调整 {used} 分。今天还要调整的，请商家在后台操作'],
  'extension.too-early': [400, '新的到期日要晚于今天'],
  'extension.changed': [409, '积分刚刚有变动：现在能延期的是 {points} 分，请核对后再确认'],
  'extension.nothing': [409, '没有可以延期的积分：要么没有在这天或更早到期的，要么到期日本来就更晚'],

  'check-in.closed': [409, '签到活动已关闭'],
  'check-in.made': [409, '这一天已经签到过了'],
  'make-up.closed': [409, '目前不能补签'],
  'make-up.out-of-reach': [409, '这一天不能补签：只能补入会以后、最近 {days} 天内漏签的日子'],
  'make-up.limit-reached': [409, '每月最多补签 {most} 次，这个月的次数已用完'],
  'make-up.changed': [409, '补签规则刚刚变了：现在花 {price} 分、得 {points} 分，请确认后再补签'],
  'check-in.changed': [409, '签到积分刚刚有变化：现在签到得 {points} 分，请确认后再签到'],
  'check-in.done': [409, '今天已经签到过了，明天再来吧'],

  'receipt.taken': [409, '小票 {receiptNo} 在 {when} 已经记录过，这次没有再记。如果是新的一单，请换一个小票号'],
  'receipt.reserved': [400, 'PB 加日期开头的小票号由系统编号，请换一个小票号，或留空'],
  'purchase.changed': [409, '积分刚刚有变化：这一单现在得 {points} 分，请核对后再确认'],
  'purchase.own': [403, '不能给自己记账，请让另一位店员来记'],
  'receipt.too-large': [400, '一张小票最多 {most} 元，请分成几张记'],
  'receipt.unknown': [404, '没有找到这张小票'],
  'return.exceeds': [409, '退货超出了该商品剩余可退的数量或金额'],
  'return.wrong-amount': [
    409,
    '「{name}」退 {quantity} 件应退 {cost} 元，请按这个金额退；只退差价、不退商品时，件数请填 0',
  ],
  'return.empty': [400, '请选择要退的商品'],
  'return.changed': [409, '这次退货刚刚有变化：现在退款 {refund} 元{claim}，请核对后再确认'],
  'spending.unproved': [409, '这样找到的会员只能积分。要用积分，请会员出示会员码再扫一次，或请会员在手机上确认'],
  'spend-request.over': [410, '这次确认已经过期或变更，请店员再发一次'],
  'spend-request.changed': [409, '抵现规则刚刚变了：{points} 分现在抵 {worth} 元，请核对后再回答'],
  'spend-request.unknown': [404, '没有找到这次确认，请再发一次'],
  'offset.closed': [409, '目前不能用积分抵现'],
  'offset.too-few': [409, '积分抵现至少用 {least} 分'],
  'offset.step': [409, '积分抵现要按 {step} 分的整数倍使用'],
  'offset.too-many': [409, '这一单最多用 {most} 分抵现'],
  'offset.changed': [409, '抵现规则刚刚变了：{offsetPoints} 分现在抵 {worth} 元，请核对后再确认'],
  'store.unknown': [404, '没有找到这家门店'],
  'store.closed': [409, '这家门店已停用'],
  'store.orders-waiting': [409, '还有 {orders} 个兑换订单等着在这家店取货，请先交给会员或取消这些订单，再停用门店'],
  'store.foreign': [403, '您不在这家门店任职'],

  'item.unknown': [404, '商品不存在'],
  'item.taken': [409, '刚有另一件商品同时添加，请再试一次'],
  'item.unlisted': [409, '商品已下架'],
  'coupon.unknown': [404, '没有找到这张券'],
  'coupon.kind-taken': [409, '刚刚有人新建了优惠券，请再点一次'],
  'coupon.stopped': [409, '「{name}」已经停止发放'],
  'coupon.all-gone': [409, '「{name}」只剩 {left} 张可发'],
  'coupon.over': [409, '「{name}」的有效期已过，不能再发'],
  'coupon.limit-reached': [409, '每人限领 {limit} 张，已领 {taken} 张'],
  'coupon.too-many': [409, '最多同时持有 {most} 张券，请先使用一些'],
  'coupon.spent': [409, '券 {couponNo} 已经用过或失效'],
  'coupon.ended': [409, '券 {couponNo} 已在 {on} 到期'],
  'coupon.early': [409, '券 {couponNo} 从 {on} 起才能用'],
  'coupon.alone': [409, '券 {couponNo} 不能与其他券同用，请只选这一张'],
  'coupon.pieces': [409, '这种券一单最多用 {most} 张'],
  'coupon.not-here': [409, '券 {couponNo} 这一单用不了：{why}'],
  'coupon.no-offset': [409, '所选的券不能与积分抵现同用，请去掉一样'],
  'coupon.money-gone': [409, '「{name}」的优惠总额已用完，这一单不能用'],
  'coupon.changed': [409, '优惠有变化，现在一共减 {saving} 元，请核对后再确认'],
  'coupon.needs-code': [409, '用券要请会员出示会员码，扫码后再选券'],
  'coupon.fewer-than-given': [409, '已经发了 {granted} 张，总张数和优惠总额不能少于已经发出的'],
  'coupon.goods-missing': [400, '兑换券要写明可换的商品：请选分类、品牌或编码'],
  'coupon.money-missing': [400, '折扣没有设上限，请设优惠总额'],
  'coupon.days-over': [400, '使用日期已经过去，请改晚一些'],
  'coupon.grant-changed': [409, '人数有变化，现在共 {members} 人，请核对后再发'],
  'coupon.grant-nobody': [409, '没有可以发的会员'],
  'item.sold-out': [409, '手慢了，商品已兑完'],
  'item.short': [409, '库存不足，只剩 {stock} 件'],
  'item.limit-reached': [409, '每人限兑 {limit} 件，您已兑换 {taken} 件'],
  'item.changed': [409, '价格刚刚变了：现在每件 {points} 分，请确认后再兑换'],
  'stock.too-many': [409, '库存最多 {most} 件，请少补一些'],
  'stock.changed': [409, '库存刚刚有变动：这样之后是 {stock} 件，请核对后再确认'],
  'stock.below-zero': [409, '库存不能小于 0，当前库存 {stock} 件'],
  'order.unknown': [404, '没有找到这个兑换订单'],
  'order.handed-over': [409, '该订单已取货'],
  'order.cancelled': [409, '该订单已取消'],
  'order.other-store': [409, '该订单的取货门店是「{storeName}」，请会员去那家店取'],

  'period.not-yet': [400, '只能查询今天及以前'],
  'period.invalid': [400, '结束日期不能早于开始日期，一次最多查一年'],
  'entry.unknown': [404, '没有找到这条积分记录'],
  'entry.gave-nothing': [409, '第 {seq} 笔没有发放积分，不能收回'],
  'entry.taken-back': [409, '第 {seq} 笔的积分已经收回过了'],
  'entry.nothing-left': [409, '第 {seq} 笔的积分已随退货或邀请失效全部收回'],
  'taking.changed': [409, '积分刚刚有变动：所选记录现在能收回 {points} 分，请核对后再收回'],
  'case.unknown': [404, '没有找到这次调查'],
  'case.running': [409, '「{nickname}」已经在另一次调查中'],
  'case.decided': [409, '这位会员的处理结果已经确定'],
  'case.undecided': [409, '请先确定每位会员的处理结果，再公示'],
  'case.published': [409, '这次调查的结果已经公示过了'],
  'compensation.nobody': [409, '没有符合条件的会员'],
  'compensation.changed': [409, '符合条件的会员现在是 {members} 位，请核对后再发放'],
  'announcement.unknown': [404, '没有找到这条公告'],
  'policy.unknown': [404, '没有找到这个规则版本'],
  'policy.faulty': [422, '规则有误，请按提示修改后再发布'],
  'policy.outdated': [409, '已有人发布了新版本，请刷新后再修改'],
  'backtest.running': [409, '正在试算，请等它完成，或先取消'],
  'backtest.unknown': [404, '没有找到这次试算'],
  'policy.in-the-past': [400, '生效时间不能早于现在'],
  'staff.suspended': [403, '您的会员账户已冻结或注销，暂时不能为门店工作，请联系商家'],
  'staff.unknown': [404, '没有找到这位员工'],
  'staff.not-manager': [403, '只有店长可以这样做，请找店长'],
  'staff.is-manager': [409, '「{nickname}」是店长，店长由商家在后台安排'],
  'staff.own': [409, '不能安排或取消自己的职务，请商家在后台操作'],
  'signature.missing': [401, '请求没有签名，请按开放接口的说明加上四个签名头'],
  'signature.outdated': [401, '请求时间与服务器相差超过 5 分钟，请校准时钟后重新签名'],
  'signature.wrong': [401, '签名不正确，请核对密钥和签名原文'],
  'signature.repeated': [409, '这个随机串已经用过，每次请求都要换一个'],
  'api-key.unknown': [401, '密钥不存在或已停用'],
  'api-key.other-store': [403, '这个密钥不能用于该门店'],
  'clock.fixed': [403, '只有演示环境可以调整时间'],
  'push.invalid': [401, '消息签名不正确'],
  'push.outdated': [401, '消息时间与服务器相差超过 5 分钟，请校准服务器时钟'],
  'push.repeated': [409, '这条消息已经收到过了'],
} as const satisfies Record<string, readonly [status: number, text: string]>

export type RefusalCode = keyof typeof refusals

/** Those that say of a member: may not earn, now or any more. */
const barringEarning: ReadonlySet<RefusalCode> = new Set(['member.frozen', 'member.cancelled'])

export type Detail = Record<string, unknown>

/** The names in braces of a sentence. */
type NamesIn<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never

/** The values that the sentence of a code names. */
export type NamesOf<Code extends RefusalCode> = NamesIn<(typeof refusals)[Code][1]>

/** The codes whose sentences name no other values than these; by default none at all. */
export type CodeNaming<Names extends string = never> = {
  [Code in RefusalCode]: [Exclude<NamesOf<Code>, Names>] extends [never] ? Code : never
}[RefusalCode]

/** A code with the detail that its sentence needs, as a pair of arguments. */
export type CodeAndDetail =
  | [code: CodeNaming, detail?: Detail]
  | {
      [Code in Exclude<RefusalCode, CodeNaming>]: [code: Code, detail: Detail & Record<NamesOf<Code>, string | number>]
    }[Exclude<RefusalCode, CodeNaming>]

/** A refusal that a person can read and act on. It is not a program error: nothing was changed. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly detail: Detail | undefined

  /** `detail` has every value of the code's sentence, and may have more. */
  constructor(...[code, detail]: CodeAndDetail) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }

  get status(): number {
    return refusals[this.code][0]
  }

  /** True when the member may not earn; code that gives points as a side effect then gives none. */
  get barsEarning(): boolean {
    return barringEarning.has(this.code)
  }

  get text(): string {
    return refusals[this.code][1].replace(/\{(\w+)\}/g, (_, name: string) => wordOf(this.detail?.[name]))
  }
}

const wordOf = (value: unknown): string => (typeof value === 'number' ? group(value) : String(value ?? ''))

/** The JSON form of a refusal. */
export interface RefusalReply {
  code: RefusalCode | 'server.failed'
  text: string
  detail?: Detail
  requestId: string
}
