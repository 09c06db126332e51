import {
  CalculatorOutlined,
  CalendarOutlined,
  CrownOutlined,
  HourglassOutlined,
  PayCircleOutlined,
  ShopOutlined,
  ShoppingOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons'
import type { EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { group, yuanText } from '@pointbook/shared/money'
import { mostOffset } from '@pointbook/shared/offset'
import type { Names } from '@pointbook/shared/policy-words/condition'
import { ruleText } from '@pointbook/shared/policy-words/rule'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useStores } from '../../../api/use-stores.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { namesIn } from './compare.ts'
import { type Fact, factsOf } from './facts.ts'
import { Flow } from './flow.tsx'
import { Streak } from './streak.tsx'
import { TierLadder } from './tier-ladder.tsx'
import './policy-picture.css'

/** A policy in pictures: the points of ¥100, then one card per setting. */
export function PolicyPicture({ policy }: { policy: Policy }) {
  const { storeName } = useStores()
  const names = namesIn(policy, storeName)
  const facts = factsOf(policy, names)
  const about = (area: string) => facts.filter((fact) => fact.area === area && !/^(rule|tier)\//.test(fact.key))
  return (
    <>
      <Flow policy={policy} />
      <div className="policy-cards">
        <div>
          <Tile icon={<ShoppingOutlined />} title="积分规则">
            <EarningRules policy={policy} names={names} />
            <Lines facts={about('积分规则')} />
          </Tile>
          <Tile icon={<CalculatorOutlined />} title="怎么计算">
            <Lines facts={about('积分计算')} />
          </Tile>
          <Tile icon={<HourglassOutlined />} title="有效期、退货与提醒">
            <Lines facts={[...about('有效期与退货'), ...about('到期提醒')]} />
          </Tile>
          <Tile icon={<ShopOutlined />} title="收银台">
            <Lines facts={about('收银台')} />
          </Tile>
        </div>
        <div>
          <Tile icon={<CrownOutlined />} title="会员等级">
            <TierLadder tiers={policy.tiers} />
            <Lines facts={about('会员等级')} />
          </Tile>
          <Tile icon={<CalendarOutlined />} title="签到">
            <Streak checkIn={policy.checkIn} />
            <Lines facts={about('签到')} />
          </Tile>
          <Tile icon={<UsergroupAddOutlined />} title="邀请好友">
            <Lines facts={about('邀请好友')} />
          </Tile>
          <Tile icon={<PayCircleOutlined />} title="积分抵现">
            <Lines facts={about('积分抵现')} />
            <OffsetExample offset={policy.offset} />
          </Tile>
        </div>
      </div>
    </>
  )
}

function EarningRules({ policy: { earning }, names }: { policy: Policy; names: Names }) {
  if (earning.rules.length === 0) return <div className="soft">还没有规则，消费不会得到积分</div>
  const parts = [
    { title: '消费', rules: earning.rules.filter(({ trigger }) => trigger === 'purchase') },
    { title: '不消费也能得', rules: earning.rules.filter(({ trigger }) => trigger !== 'purchase') },
  ].filter(({ rules }) => rules.length > 0)
  return parts.map(({ title, rules }) => (
    <section key={title} className="policy-rules">
      {parts.length > 1 && <div className="soft small">{title}</div>}
      {rules.map((rule) => (
        <Rule key={rule.id} rule={rule} group={earning.groups.find(({ id }) => id === rule.group)} names={names} />
      ))}
    </section>
  ))
}

function Rule({ rule, group: own, names }: { rule: EarningRule; group: RuleGroup | undefined; names: Names }) {
  return (
    <div className={rule.enabled ? 'policy-rule' : 'policy-rule policy-rule-off'}>
      <div className="policy-rule-name">
        <strong>{rule.name}</strong>
        {!rule.enabled && <Mark>已停用</Mark>}
        {own && <Mark tone="amber">{own.name}</Mark>}
      </div>
      <div className="soft">{ruleText(rule, names)}</div>
    </div>
  )
}

const EXAMPLE = { amountFen: 100_00, points: 100_000 }

function OffsetExample({ offset }: Pick<Policy, 'offset'>) {
  if (!offset) return null
  const { points, fen } = mostOffset(offset, EXAMPLE.amountFen, EXAMPLE.points)
  return (
    <div className="policy-line">
      <span className="soft">例如</span>
      <span>
        {yuanText(EXAMPLE.amountFen)}的订单，积分够用时最多用 {group(points)} 分抵 {yuanText(fen)}
      </span>
    </div>
  )
}

function Tile({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <Card size="small" className="policy-card">
      <h2>
        <span className="policy-card-icon">{icon}</span>
        {title}
      </h2>
      {children}
    </Card>
  )
}

function Lines({ facts }: { facts: Fact[] }) {
  return facts.map(({ key, what, text }) => (
    <div key={key} className="policy-line">
      <span className="soft">{what}</span>
      <span>{text}</span>
    </div>
  ))
}
