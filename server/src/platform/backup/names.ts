import path from 'node:path'
import { type Instant, instant } from '@pointbook/shared/day'

interface Settings {
  home: string
  backup: { key: string; folder: string }
}

const NAME = /^pointbook-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.jsonl\.gz(\.aes)?$/

export const backupFolder = ({ home, backup }: Settings): string =>
  path.resolve(backup.folder || path.join(home, 'backups'))

/** The name of a backup: `pointbook-20261201T050712Z.jsonl.gz`, with `.aes` after it when it is encrypted. */
export const backupName = (at: Instant, encrypted: boolean): string =>
  `pointbook-${at.slice(0, 19).replace(/[-:]/g, '')}Z.jsonl.gz${encrypted ? '.aes' : ''}`

export const isBackupName = (name: string): boolean => NAME.test(name)

/** The time in the name of a backup. */
export const timeIn = (name: string): Instant => instant(new Date(name.replace(NAME, '$1-$2-$3T$4:$5:$6Z')))
