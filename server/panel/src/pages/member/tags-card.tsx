import { Button, Card, Select, Space } from 'antd'
import { useState } from 'react'
import { useTags } from '../../api/use-tags.ts'
import { useWrite } from '../../api/use-write.ts'
import { countText } from '../../pieces/numbers.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { Tags } from '../../pieces/tags.tsx'
import { useDone } from '../../pieces/use-done.tsx'
import type { Member } from './page.tsx'

/** What the merchant calls the groups the member belongs to. */
export function TagsCard({ member }: { member: Member }) {
  const [editing, setEditing] = useState(false)
  const { tags } = member
  return (
    <Card
      title="标签"
      size="small"
      extra={
        member.standing !== 'cancelled' &&
        !editing && (
          <Button type="link" size="small" onClick={() => setEditing(true)}>
            编辑标签
          </Button>
        )
      }
    >
      {editing && <Edit member={member} onClose={() => setEditing(false)} />}
      {!editing && tags.length > 0 && <Tags tags={tags} />}
      {!editing && tags.length === 0 && (
        <span className="soft">还没有标签。加上标签，就能为这些会员单独定积分规则；会员自己看不到</span>
      )}
    </Card>
  )
}

function Edit({ member: { memberId, tags: had }, onClose }: { member: Member; onClose: () => void }) {
  const [tags, setTags] = useState(had)
  const inUse = useTags().tags
  const done = useDone()
  const change = useWrite('PUT /admin/members/:memberId/tags', {
    withId: false,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members', 'GET /admin/tags'],
  })
  const save = () =>
    change.send({ memberId, tags }, () => {
      done('标签已保存')
      onClose()
    })
  return (
    <Space orientation="vertical" size={12} style={{ width: '100%' }}>
      {change.error && <RefusalAlert error={change.error} />}
      <Select
        mode="tags"
        autoFocus
        value={tags}
        onChange={setTags}
        options={inUse.map(({ tag, members }) => ({ value: tag, label: tag, members }))}
        optionRender={({ label, data }) => (
          <span className="tag-option">
            <span className="tag-option-name">{label}</span>
            {data.members && <span className="soft small nowrap">{countText(data.members)} 人</span>}
          </span>
        )}
        tokenSeparators={[',', '，', '、']}
        notFoundContent={null}
        placeholder="输入后按回车，或从已有的里选"
        aria-label="会员标签"
        style={{ width: '100%' }}
      />
      <Space>
        <Button type="primary" size="small" loading={change.isPending} onClick={save}>
          保存
        </Button>
        <Button size="small" onClick={onClose}>
          取消
        </Button>
      </Space>
    </Space>
  )
}
