import { AppstoreOutlined, EditOutlined } from '@ant-design/icons'
import { Alert } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { LinkButton } from '../../../pieces/link-button.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalPage } from '../../../pieces/refusal-alert.tsx'
import { When } from '../../../pieces/when.tsx'
import { Allowed } from '../../../session/use-may.tsx'
import { PresetWelcome } from '../policy-presets/welcome.tsx'
import { Coming, History } from './history.tsx'
import { PolicyPicture } from './policy-picture.tsx'
import { Unnamed } from './unnamed.tsx'

export function Component() {
  const { data, error } = useRead('GET /admin/policy', {})
  if (error && !data) return <RefusalPage error={error} />
  return (
    <>
      <PageHeader
        title="积分规则"
        hint={data && `现行的是第 ${data.version} 版「${data.inForce.name}」`}
        actions={
          <>
            <Allowed op="GET /admin/policy/presets">
              <LinkButton to="/policy/presets" icon={<AppstoreOutlined />}>
                从模板开始
              </LinkButton>
            </Allowed>
            <Allowed op="PUT /admin/policy/draft">
              <LinkButton to="/policy/edit" type="primary" icon={<EditOutlined />}>
                {data?.draft ? '继续修改草稿' : '修改规则'}
              </LinkButton>
            </Allowed>
          </>
        }
      />
      {data?.draft && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={
            <>
              有一份未发布的草稿，{data.draftSavedBy} 保存于 <When at={data.draftSavedAt} />
              。发布之前，会员仍按现行规则积分。
            </>
          }
        />
      )}
      <Coming />
      {data?.latest === 1 && !data.draft && <PresetWelcome />}
      <Unnamed />
      {data ? <PolicyPicture policy={data.inForce} /> : <LoadingCard rows={10} />}
      <History />
    </>
  )
}
