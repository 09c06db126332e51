import { useRead } from '../../api/use-read.ts'

/** The newest published version, in force or still coming: what a new one is based on. */
export const useLatestVersion = () => useRead('GET /admin/policies', {}).data?.rows[0]?.version
