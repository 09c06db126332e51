import { bookTable } from '../../../book/table.ts'
import { policies } from '../../../book/tables.ts'

/** Published policies for the move that adds one. */
export const published = bookTable(policies, { order: 5, key: ['version'] })
