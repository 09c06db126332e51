/** The low-stock limit: at this many pieces or fewer the merchant is warned, and members see how many are left. */
export const LOW_STOCK = 5
