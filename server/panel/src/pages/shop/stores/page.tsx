import { PageHeader } from '../../../pieces/page-header.tsx'
import { Staff } from './staff.tsx'
import { Stores } from './stores.tsx'

export function Component() {
  return (
    <>
      <PageHeader
        title="门店与员工"
        hint="店员就是有职务的会员：在小程序「我的」里切换到店员端，扫码记积分、交付商品"
      />
      <Stores />
      <Staff />
    </>
  )
}
