import type { BacktestResult } from '@pointbook/shared/contract/points/back-test'
import { yuan } from '@pointbook/shared/money'

type Cell = string | number
type Compared = Pick<BacktestResult, 'purchases' | 'given' | 'would' | 'givenFen' | 'wouldFen'>

const plainYuan = (fen: number) => yuan(fen).replaceAll(',', '')

const compared = ['消费（笔）', '当时积分', '试算积分', '相差', '当时约合（元）', '试算约合（元）']
const cellsOf = ({ purchases, given, would, givenFen, wouldFen }: Compared): Cell[] => [
  purchases,
  given,
  would,
  would - given,
  plainYuan(givenFen),
  plainYuan(wouldFen),
]

/** The tables on the screen, and the files that are downloaded. */
export function sheetsOf({ months, tiers, rules, winners, losers }: BacktestResult) {
  const people = (key: string, title: string, members: BacktestResult['winners']) => ({
    key,
    title,
    titles: ['会员', '会员号', ...compared],
    rows: members.map((one): Cell[] => [one.nickname, String(one.memberId), ...cellsOf(one)]),
  })
  return [
    {
      key: 'months',
      title: '按月份',
      titles: ['月份', ...compared],
      rows: months.map((one): Cell[] => [one.month, ...cellsOf(one)]),
    },
    {
      key: 'tiers',
      title: '按等级',
      titles: ['试算时的等级', ...compared],
      rows: tiers.map((one): Cell[] => [one.name, ...cellsOf(one)]),
    },
    {
      key: 'rules',
      title: '按规则',
      titles: ['规则', ...compared],
      rows: rules.map((one): Cell[] => [one.name, ...cellsOf(one)]),
    },
    people('winners', '得到最多', winners),
    people('losers', '失去最多', losers),
  ]
}
