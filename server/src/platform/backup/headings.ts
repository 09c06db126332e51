import { BackupFault, type FileHeading, FORMAT, type Header, type TableHeading } from './format.ts'
import { ALTERED } from './frames.ts'

// What a line of a backup claims to be is checked before it is used: a file may come from anywhere.

const isText = (value: unknown) => typeof value === 'string'
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
const isListOf = (values: unknown, is: (value: unknown) => boolean) => Array.isArray(values) && values.every(is)
const isRecordOf = (values: unknown, is: (value: unknown) => boolean) =>
  typeof values === 'object' && values !== null && Object.values(values).every(is)

/** Throws `BackupFault` for a line that is no header. */
export function headerIn(value: object): Header {
  const { backup, at, version, engine, migrations, tables, secrets } = value as Partial<Header>
  if (isCount(backup) && backup !== FORMAT)
    throw new BackupFault('The backup was written by a newer version of Pointbook: restore it with that version.')
  const isWhole =
    backup === FORMAT &&
    isListOf([at, version, engine], isText) &&
    isListOf(migrations, isCount) &&
    isRecordOf(tables, isCount) &&
    isRecordOf(secrets, isText)
  if (!isWhole) throw new BackupFault(ALTERED)
  return value as Header
}

export function isTable(value: object): value is TableHeading {
  const { table, columns, binary, next } = value as Partial<TableHeading>
  const isNext = next === null || (isText(next) && /^\d{1,20}$/.test(String(next)))
  return isText(table) && isListOf(columns, isText) && isListOf(binary, isText) && isNext
}

export function isFile(value: object): value is FileHeading {
  const { file, bytes } = value as Partial<FileHeading>
  return isText(file) && isCount(bytes)
}
