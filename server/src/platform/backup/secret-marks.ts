import { createHmac } from 'node:crypto'

const MARK_LENGTH = 16

/** Recognises a secret without revealing it: rows sealed or encrypted with one cannot be read with another. */
const markOf = (secret: string): string =>
  createHmac('sha256', secret).update('pointbook backup mark').digest('hex').slice(0, MARK_LENGTH)

/** The marks of the secrets on which the rows depend, by the name of the setting. */
export const marksOf = (secrets: { sealSecret: string; dataSecret: string }): Record<string, string> => ({
  SEAL_SECRET: markOf(secrets.sealSecret),
  DATA_SECRET: markOf(secrets.dataSecret),
})
