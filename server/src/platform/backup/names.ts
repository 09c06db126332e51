import path from 'node:path'
import type { Instant } from '@pointbook/shared/day'

interface Settings {
  home: string
  backup: { key: string; folder: string }
}

export const backupFolder = ({ home, backup }: Settings): string =>
  path.resolve(backup.folder || path.join(home, 'backups'))

/** The name of a backup: `pointbook-20261201T050712Z.jsonl.gz`, with `.aes` after it when it is encrypted. */
export const backupName = (at: Instant, encrypted: boolean): string =>
  `pointbook-${at.slice(0, 19).replace(/[-:]/g, '')}Z.jsonl.gz${encrypted ? '.aes' : ''}`
