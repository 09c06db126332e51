import { useState } from 'react'
import { useRead } from '../../api/use-read.ts'
import { LoadingCard } from '../../pieces/loading.tsx'
import { RefusalPage } from '../../pieces/refusal-alert.tsx'
import { Editor } from './editor.tsx'

export function Component() {
  const { data, error } = useRead('GET /admin/policy', {})
  const [discards, setDiscards] = useState(0)
  if (error && !data) return <RefusalPage error={error} />
  if (!data) return <LoadingCard rows={14} />
  // Once open, the editor keeps its own draft; only throwing it away or another version in force begins anew.
  const beginning = `${data.version}/${discards}`
  return <Editor key={beginning} policy={data} onDiscarded={() => setDiscards((count) => count + 1)} />
}
