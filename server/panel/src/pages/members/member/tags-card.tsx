import { Button, Select, Space } from 'antd'
import { useState } from 'react'
import { useTags } from '../../../api/use-tags.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { Tags } from '../../../pieces/tags.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

/** The member's tags. */
export function TagsCard({ member }: { member: Member }) {
  const [editing, setEditing] = useState(false)
  const { tags } = member
  if (editing) return <Edit member={member} onClose={() => setEditing(false)} />
  return (
    <Card
      title="标签"
      size="small"
      extra={
        member.standing !== 'cancelled' && (
          <Act
            op="PUT /admin/members/:memberId/tags"
            type="link"
            size="small"
            className="card-change"
            onClick={() => setEditing(true)}
          >
            编辑标签
          </Act>
        )
      }
    >
      {tags.length > 0 ? (
        <Tags tags={tags} />
      ) : (
        <span className="soft">还没有标签。加上标签，就能为这些会员单独定积分规则；会员在「隐私与数据」里能看到</span>
      )}
    </Card>
  )
}

/** The buttons are above, because the list of tags opens below and would cover them. */
function Edit({ member, onClose }: { member: Member; onClose: () => void }) {
  const { memberId } = member
  const [opened, setOpened] = useState({ tags: member.tags, revision: member.revisions.tags })
  const [tags, setTags] = useState(opened.tags)
  const done = useDone()
  const close = useUnsaved(() => !change.landed.current && tags.join() !== opened.tags.join())
  const change = useWrite('PUT /admin/members/:memberId/tags', {
    withId: false,
    changes: ['GET /admin/members/:memberId', 'POST /admin/members/search', 'GET /admin/tags'],
  })
  const save = (wanted: { tags: string[] }, revision = opened.revision) =>
    change.send({ memberId, ...wanted, revision }, () => {
      done('标签已保存')
      onClose()
    })
  return (
    <Card
      title="标签"
      size="small"
      extra={
        <Space>
          <Button size="small" onClick={() => close(onClose)}>
            取消
          </Button>
          <Button type="primary" size="small" loading={change.isPending} onClick={() => save({ tags })}>
            保存
          </Button>
        </Space>
      }
    >
      {outdatedIn(change.error) ? (
        <Outdated<{ tags: string[] }>
          error={change.error}
          opened={opened}
          mine={() => ({ tags })}
          labels={{ tags: '标签' }}
          onKeep={save}
          onTake={(now, revision) => {
            setTags(now.tags)
            setOpened({ ...now, revision })
            change.reset()
          }}
        />
      ) : (
        <RefusalAlert error={change.error} />
      )}
      <TagInput
        value={tags}
        onChange={(wanted) => {
          setTags(wanted)
          change.reset()
        }}
      />
    </Card>
  )
}

function TagInput({ value, onChange }: { value: string[]; onChange: (tags: string[]) => void }) {
  const inUse = useTags().tags
  return (
    <Select
      mode="tags"
      autoFocus
      value={value}
      onChange={onChange}
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
  )
}
