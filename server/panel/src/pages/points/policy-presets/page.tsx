import { PageHeader } from '../../../pieces/page-header.tsx'
import { Presets } from './presets.tsx'

export function Component() {
  return (
    <>
      <PageHeader
        back="/policy"
        title="从模板开始"
        hint="选一套最像您店的规则，放进草稿改一改再发布；发布之前什么都不会变"
      />
      <Presets layout="grid" />
    </>
  )
}
