import mark from './mark.svg'
import './brand.css'

export function Brand({ name }: { name?: string }) {
  return (
    <div className="brand">
      <img src={mark} alt="" width={34} height={34} />
      <div>
        <div className="brand-name">积分簿</div>
        <div className="brand-shop">{name ?? '商家后台'}</div>
      </div>
    </div>
  )
}
