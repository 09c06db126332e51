const counts = new Intl.NumberFormat('zh-CN')
const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

export const countText = (count: number) => counts.format(count)

/** Fen as `¥1,234.50`. */
export const moneyText = (amountFen: number) => `¥${yuan.format(amountFen / 100)}`

/** Fen as `¥100` where there is no part of a yuan, for rules and labels. */
export const shortMoneyText = (amountFen: number) =>
  amountFen % 100 === 0 ? `¥${counts.format(amountFen / 100)}` : moneyText(amountFen)
