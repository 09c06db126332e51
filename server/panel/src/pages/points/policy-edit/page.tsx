import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { RefusalPage } from '../../../pieces/refusal-alert.tsx'
import { Editor } from './editor.tsx'

export function Component() {
  const { data, error, isFetchedAfterMount, refetch } = useRead('GET /admin/policy', {}, { fresh: true })
  const [beginnings, setBeginnings] = useState(0)
  if (error && !data) return <RefusalPage error={error} />
  // A draft from the cache may be older than what another window has saved.
  if (!data || !isFetchedAfterMount) return <LoadingCard rows={14} />
  const beginAnew = () => refetch().then(() => setBeginnings((count) => count + 1))
  // Once open, the editor keeps its own draft, whatever is saved or published elsewhere.
  return <Editor key={beginnings} policy={data} onBeginAnew={beginAnew} />
}
