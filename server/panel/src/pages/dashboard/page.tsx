import { PageHeader } from '../../pieces/page-header'

export function Component() {
  return <PageHeader title="概览" />
}
