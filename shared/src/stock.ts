/** From this many pieces on downwards an item is short in stock: the merchant is warned, and members see how many are left. */
export const LOW_STOCK = 5
