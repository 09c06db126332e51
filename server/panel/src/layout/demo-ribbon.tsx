import { ExperimentOutlined } from '@ant-design/icons'
import { atMinute } from '../pieces/when.tsx'
import { useShop } from './use-shop.ts'
import './shell.css'

export function DemoRibbon({ place }: { place: 'page' | 'login' }) {
  const shop = useShop()
  if (!shop?.demo) return null
  return (
    <section className={place === 'login' ? 'demo-ribbon demo-ribbon-login' : 'demo-ribbon'} aria-label="演示环境">
      <ExperimentOutlined />
      <span>演示环境 · 数据均为虚构，可放心试用</span>
      {place === 'page' && <span className="digits">店内时间 {atMinute(shop.now)}</span>}
    </section>
  )
}
