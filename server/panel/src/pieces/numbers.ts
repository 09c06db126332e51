import { group, yuan } from '@pointbook/shared/money'

export const countText = (count: number) => (count < 0 ? `−${group(-count)}` : group(count))

/** Fen as `¥1,234.50`. */
export const moneyText = (amountFen: number) => `¥${yuan(amountFen)}`

/** Fen as `¥100` when they are whole yuan, for rules and labels. */
export const shortMoneyText = (amountFen: number) => `¥${yuan(amountFen).replace(/\.00$/, '')}`

/** A change with its sign: `+120`, `−80`. */
export const deltaText = (points: number) => (points > 0 ? `+${group(points)}` : countText(points))

/** A card number as it is printed: `600000000007` → `6000 0000 0007`. */
export const grouped = (cardNo: string) => cardNo.replace(/(.{4})(?=.)/g, '$1 ')
