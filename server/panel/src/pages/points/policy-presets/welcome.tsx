import { Link } from 'react-router'
import { Presets } from './presets.tsx'

/** The first run: the merchant starts from a preset. */
export function PresetWelcome() {
  return (
    <section className="preset-welcome">
      <header>
        <h2>您的店最像哪一种？</h2>
        <span className="soft">选一套现成的规则放进草稿，改一改再发布</span>
        <Link to="/policy/presets">全部模板</Link>
      </header>
      <Presets layout="strip" />
    </section>
  )
}
