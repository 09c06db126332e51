import { dayText } from '@pointbook/shared/day'
import type { Reply } from '../../../api/call.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { countText, deltaText } from '../../../pieces/numbers.ts'
import { atMinute } from '../../../pieces/when.tsx'

type Statement = Reply<'GET /admin/members/:memberId/statement'>
type Member = Reply<'GET /admin/members/:memberId'>

/** The statement as it is printed on A4. */
export function Paper({ member, statement }: { member: Member; statement: Statement }) {
  const shop = useShop()
  return (
    <article className="paper digits">
      <header className="paper-head">
        <div>
          <div className="paper-shop">{shop?.name}</div>
          <h2>会员积分对账单</h2>
        </div>
        <dl>
          <Fact name="会员" value={member.nickname} />
          <Fact name="会员号" value={member.memberNo} />
          <Fact name="手机" value={member.phoneMasked} />
          <Fact name="期间" value={`${dayText(statement.from)} 至 ${dayText(statement.to)}`} />
        </dl>
      </header>
      <Sum statement={statement} />
      <Entries statement={statement} />
      <Outstanding rows={statement.outstanding} />
      <footer className="paper-foot">
        <span>{shop?.servicePhone && `如有疑问，请致电 ${shop.servicePhone}`}</span>
        <span>{shop && `打印于 ${atMinute(shop.now)}`}</span>
      </footer>
    </article>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value || '—'}</dd>
  </>
)

/** From the opening to the closing balance; zero lines are left out. */
function Sum({ statement: { opening, closing, flows } }: { statement: Statement }) {
  const parts = [
    { name: '发放', points: flows.issued },
    { name: '使用', points: -flows.redeemed },
    { name: '到期', points: -flows.expired },
    { name: '收回', points: -flows.reversed },
    { name: '调整', points: flows.adjusted },
  ].filter(({ points }) => points !== 0)
  return (
    <div className="paper-sum">
      <Part name="期初余额" text={countText(opening)} />
      {parts.map(({ name, points }) => (
        <Part key={name} name={name} text={deltaText(points)} />
      ))}
      <Part name="期末余额" text={countText(closing)} strong />
    </div>
  )
}

function Part({ name, text, strong = false }: { name: string; text: string; strong?: boolean }) {
  return (
    <div className={strong ? 'paper-part paper-part-strong' : 'paper-part'}>
      <span>{name}</span>
      <strong>{text}</strong>
    </div>
  )
}

function Entries({ statement: { entries, opening, closing } }: { statement: Statement }) {
  return (
    <table className="paper-table">
      <thead>
        <tr>
          <th>时间</th>
          <th>事由</th>
          <th className="paper-number">增加</th>
          <th className="paper-number">减少</th>
          <th className="paper-number">余额</th>
        </tr>
      </thead>
      <tbody>
        <tr className="paper-edge">
          <td colSpan={4}>期初余额</td>
          <td className="paper-number">{countText(opening)}</td>
        </tr>
        {entries.map(({ seq, at, title, delta, balanceAfter }) => (
          <tr key={seq}>
            <td className="nowrap">{atMinute(at)}</td>
            <td>{title}</td>
            <td className="paper-number">{delta > 0 && countText(delta)}</td>
            <td className="paper-number">{delta < 0 && countText(-delta)}</td>
            <td className="paper-number">{countText(balanceAfter)}</td>
          </tr>
        ))}
        {entries.length === 0 && (
          <tr>
            <td colSpan={5} className="paper-none">
              这段时间没有积分变动
            </td>
          </tr>
        )}
        <tr className="paper-edge">
          <td colSpan={4}>期末余额</td>
          <td className="paper-number">{countText(closing)}</td>
        </tr>
      </tbody>
    </table>
  )
}

function Outstanding({ rows }: { rows: Statement['outstanding'] }) {
  if (rows.length === 0) return null
  return (
    <section className="paper-outstanding">
      <h3>期末积分的最后可用日</h3>
      <ul>
        {rows.map(({ on, points }) => (
          <li key={on}>
            <span>{on ?? '永久有效'}</span>
            <span>{countText(points)} 分</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
