import {
  CalendarOutlined,
  CrownOutlined,
  HourglassOutlined,
  ShoppingOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/policy'
import type { Names } from '@pointbook/shared/policy-words/condition'
import { ruleText } from '@pointbook/shared/policy-words/rule'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useStores } from '../../api/use-stores.ts'
import { Mark } from '../../pieces/mark.tsx'
import { namesIn } from './compare.ts'
import { type Fact, factsOf } from './facts.ts'
import { Flow } from './flow.tsx'
import { Streak } from './streak.tsx'
import { TierLadder } from './tier-ladder.tsx'
import './policy-picture.css'

/** A policy to look at: what ¥100 brings, then one card for each thing it settles. */
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
            <Lines facts={[...about('积分规则'), ...about('积分计算'), ...about('积分抵现')]} />
          </Tile>
          <Tile icon={<HourglassOutlined />} title="有效期、退货与提醒">
            <Lines facts={[...about('有效期与退货'), ...about('到期提醒')]} />
          </Tile>
        </div>
        <div>
          <Tile icon={<CrownOutlined />} title="会员等级">
            <TierLadder policy={policy} />
            <Lines facts={about('会员等级')} />
          </Tile>
          <Tile icon={<CalendarOutlined />} title="签到">
            <Streak checkIn={policy.checkIn} />
            <Lines facts={about('签到')} />
          </Tile>
          <Tile icon={<UsergroupAddOutlined />} title="邀请好友">
            <Lines facts={about('邀请好友')} />
          </Tile>
        </div>
      </div>
    </>
  )
}

function EarningRules({ policy, names }: { policy: Policy; names: Names }) {
  const { rules } = policy.earning
  if (rules.length === 0) return <div className="soft">还没有规则，消费不会得到积分</div>
  return rules.map((rule) => (
    <div key={rule.id} className={rule.enabled ? 'policy-rule' : 'policy-rule policy-rule-off'}>
      <strong>{rule.name}</strong>
      {!rule.enabled && (
        <>
          {' '}
          <Mark>已停用</Mark>
        </>
      )}
      <div className="soft">{ruleText(rule, names)}</div>
    </div>
  ))
}

function Tile({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <Card size="small" className="policy-card">
      <h3>
        <span className="policy-card-icon">{icon}</span>
        {title}
      </h3>
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
