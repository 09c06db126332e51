import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Skeleton, Space, Table, type TableProps } from 'antd'
import type { ReactNode } from 'react'
import { countText } from './numbers.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { Scrolling } from './scrolling.tsx'
import { Unseen } from './unseen.tsx'
import type { usePages } from './use-address.ts'
import './rows.css'

interface Listed<Row> {
  rows: Row[]
  next?: string | null
  total?: number
}

interface Reading<Row> {
  data: Listed<Row> | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => unknown
}

interface Props<Row> {
  /** What is listed. */
  name: string
  query: Reading<Row>
  columns: NonNullable<TableProps<Row>['columns']>
  rowKey: (row: Row) => string | number
  empty: ReactNode
  pages?: ReturnType<typeof usePages>
  /** Handles a click anywhere on the row; for the keyboard one of its cells has a link or a `RowButton`. */
  onOpen?: (row: Row) => void
  expanded?: (row: Row) => ReactNode
  size?: 'small' | 'middle'
  selection?: NonNullable<TableProps<Row>['rowSelection']>
}

/** A list from the server: skeleton, refusal, empty state, table and pager. */
export function Rows<Row extends object>({
  name,
  query,
  columns,
  rowKey,
  empty,
  pages,
  onOpen,
  expanded,
  size,
  selection,
}: Props<Row>) {
  const refusal = <RefusalAlert error={query.error} onRetry={() => query.refetch()} />
  if (!query.data)
    return query.error ? (
      refusal
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} className="rows-skeleton" />
    )
  const { rows, next, total } = query.data
  return (
    <>
      {refusal}
      <Scrolling name={name}>
        <Table<Row>
          aria-label={name}
          dataSource={rows}
          columns={columns}
          rowKey={rowKey}
          size={size}
          pagination={false}
          locale={{ emptyText: empty }}
          className={query.isPlaceholderData ? 'rows rows-fading' : 'rows'}
          onRow={onOpen ? (row) => ({ onClick: () => onOpen(row), className: 'clickable' }) : undefined}
          rowSelection={selection}
          expandable={
            expanded && { expandedRowRender: expanded, expandRowByClick: true, columnTitle: <Unseen>展开</Unseen> }
          }
        />
      </Scrolling>
      {pages && <Pager pages={pages} next={next ?? null} total={total} />}
    </>
  )
}

/** Opens its row for those who use keys: its click is the row's. */
export function RowButton({ children }: { children: ReactNode }) {
  return (
    <button type="button" className="row-button">
      {children}
    </button>
  )
}

function Pager({ pages, next, total }: { pages: ReturnType<typeof usePages>; next: string | null; total?: number }) {
  if (pages.number === 1 && !next && total === undefined) return null
  return (
    <div className="pager">
      <span className="soft">{total === undefined ? '' : `共 ${countText(total)} 条`}</span>
      {(pages.number > 1 || next) && (
        <Space>
          <Button icon={<LeftOutlined />} disabled={pages.number === 1} onClick={pages.back}>
            上一页
          </Button>
          <span className="soft digits">第 {pages.number} 页</span>
          <Button
            icon={<RightOutlined />}
            iconPlacement="end"
            disabled={!next}
            onClick={() => next && pages.next(next)}
          >
            下一页
          </Button>
        </Space>
      )}
    </div>
  )
}
