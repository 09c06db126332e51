import { PlusOutlined } from '@ant-design/icons'
import { Card, Tabs } from 'antd'
import { useState } from 'react'
import { Act } from '../../../pieces/act.tsx'
import { OpenCase } from '../../../pieces/case/open-case.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { among, useAddress } from '../../../pieces/use-address.ts'
import { Cases } from './cases.tsx'
import { Compensate } from './compensate.tsx'
import { Compensations } from './compensations.tsx'

const tabs = [
  { value: 'cases', label: '调查' },
  { value: 'compensations', label: '故障补偿' },
]

export function Component() {
  const [{ tab }, change] = useAddress({ tab: 'cases' }, { tab: among(tabs) })
  const [adding, setAdding] = useState(false)
  const compensating = tab === 'compensations'
  const close = () => setAdding(false)
  return (
    <>
      <PageHeader
        title="调查与补偿"
        hint="发现作弊先冻结、再核实、后处理；系统出错则告知并补偿受影响的会员"
        actions={
          <Act
            op={compensating ? 'POST /admin/compensations' : 'POST /admin/cases'}
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => setAdding(true)}
          >
            {compensating ? '发放补偿' : '开始调查'}
          </Act>
        }
      />
      <Card styles={{ body: { paddingTop: 8 } }}>
        <Tabs
          activeKey={tab}
          onChange={(key) => change({ tab: key })}
          destroyOnHidden
          items={tabs.map(({ value, label }) => ({
            key: value,
            label,
            children: value === 'cases' ? <Cases /> : <Compensations />,
          }))}
        />
      </Card>
      {adding && (compensating ? <Compensate onClose={close} /> : <OpenCase onClose={close} />)}
    </>
  )
}
