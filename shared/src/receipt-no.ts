/** A receipt number as tills print them: 1 to 40 letters, digits and `_ . / -`, the first a letter or digit. */
export const RECEIPT_NO = '^[A-Za-z0-9][A-Za-z0-9_./-]{0,39}$'

const pattern = new RegExp(RECEIPT_NO)

export const isReceiptNo = (text: string): boolean => pattern.test(text)
