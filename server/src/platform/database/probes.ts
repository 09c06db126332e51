/** A node that has lost its cluster still answers, but reads no table any more. */
export const SIGN_OF_LIFE = 'SELECT 1 FROM settings LIMIT 1'

/**
 * Changes no row, but is refused by a database that takes no writes. Asked rather than read from a variable, because an account
 * may have the right to write in spite of `read_only`.
 */
export const WRITE_NOTHING = "UPDATE settings SET name = '' WHERE FALSE"
