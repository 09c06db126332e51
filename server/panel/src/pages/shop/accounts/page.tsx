import { PageHeader } from '../../../pieces/page-header.tsx'
import { Accounts } from './accounts.tsx'
import { FactorRule } from './factor-rule.tsx'
import { Roles } from './roles.tsx'

export function Component() {
  return (
    <>
      <PageHeader title="后台账号" hint="给每位同事单独的账号和角色；谁做了什么，审计日志里都查得到" />
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16 }}>
        <Accounts />
        <FactorRule />
        <Roles />
      </div>
    </>
  )
}
