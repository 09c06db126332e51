import { PlusOutlined } from '@ant-design/icons'
import { Card, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { AnnouncementModal } from './announcement-modal.tsx'
import { StateButton } from './state-button.tsx'
import './page.css'
import { Act } from '../../../pieces/act.tsx'
import type { Announcement } from './types.ts'

const states = {
  draft: { tone: 'plain', text: '草稿' },
  published: { tone: 'green', text: '已发布' },
  withdrawn: { tone: 'amber', text: '已撤下' },
} as const

export function Component() {
  const pages = usePages()
  const [open, setOpen] = useState<Announcement | 'new' | null>(null)
  const query = useRead('GET /admin/announcements', { cursor: pages.cursor }, { keep: true })
  const columns = [
    {
      title: '公告',
      className: 'wordy',
      render: (_: unknown, { title, body, caseId }: Announcement) => (
        <>
          <strong>{title}</strong>
          {caseId !== null && (
            <Link to={`/cases/${caseId}`} className="small announcement-case">
              调查 {caseId}
            </Link>
          )}
          <div className="soft small announcement-body">{body}</div>
        </>
      ),
    },
    {
      title: '状态',
      dataIndex: 'state',
      width: 100,
      render: (state: Announcement['state']) => <Mark tone={states[state].tone}>{states[state].text}</Mark>,
    },
    { title: '发布时间', dataIndex: 'publishedAt', width: 160, render: (at: string | null) => <When at={at} /> },
    {
      title: '操作',
      width: 150,
      align: 'right' as const,
      render: (_: unknown, announcement: Announcement) => (
        <Space size={0}>
          <Act
            op="PATCH /admin/announcements/:announcementId"
            type="link"
            size="small"
            onClick={() => setOpen(announcement)}
          >
            修改
          </Act>
          <StateButton announcement={announcement} />
        </Space>
      ),
    },
  ]
  return (
    <>
      <PageHeader
        title="公告"
        hint="发布后，会员在小程序首页和「公告」里都能看到"
        actions={
          <Act op="POST /admin/announcements" type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            写公告
          </Act>
        }
      />
      <Card>
        <Rows<Announcement>
          name="公告"
          query={query}
          columns={columns}
          rowKey={({ announcementId }) => announcementId}
          pages={pages}
          empty={<Nothing title="还没有公告" hint="营业时间调整、规则变化、处理结果，都可以在这里告诉会员" />}
        />
      </Card>
      {open && <AnnouncementModal announcement={open} onClose={() => setOpen(null)} />}
    </>
  )
}
