import { Table } from 'antd'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Scrolling } from '../../../pieces/scrolling.tsx'
import type { sheets } from './sheets.ts'
import type { Liability } from './types.ts'

export function Sheet({ sheet, liability }: { sheet: (typeof sheets)[number]; liability: Liability }) {
  const { lines, totals } = sheet.shown(liability)
  return (
    <>
      <p className="soft small liability-hint">{sheet.hint}</p>
      <Scrolling name={sheet.title}>
        <Table<string[]>
          aria-label={sheet.title}
          dataSource={lines}
          rowKey={([first]) => first!}
          size="small"
          pagination={false}
          locale={{ emptyText: <Nothing title="还没有可列出的积分" /> }}
          columns={sheet.titles.map((title, index) => ({
            title,
            align: index === 0 ? ('left' as const) : ('right' as const),
            className: 'digits',
            render: (_: unknown, line: string[]) => line[index],
          }))}
          summary={() =>
            lines.length > 1 && (
              <Table.Summary.Row className="liability-totals">
                {totals.map((text, index) => (
                  <Table.Summary.Cell key={sheet.titles[index]} index={index} align={index === 0 ? 'left' : 'right'}>
                    <span className="digits">{text}</span>
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            )
          }
        />
      </Scrolling>
    </>
  )
}
