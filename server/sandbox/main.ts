import { join } from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { buildSandbox } from './app.ts'
import { pagesOfBuild } from './pages.ts'
import { demoTemplates } from './templates.ts'

const env = readEnv(process.env)
if (env.mode === 'production') {
  console.error('The WeChat sandbox does not run in production.')
  process.exit(1)
}

const { wechat } = env
const app = await buildSandbox({
  appId: wechat.appId,
  appSecret: wechat.appSecret,
  pushUrl: `${env.publicUrl}/wechat/push`,
  pushToken: wechat.pushToken,
  pushAesKey: wechat.pushAesKey,
  templates: demoTemplates(wechat),
  previewUrl: `${env.publicUrl}/m/`,
  pages: pagesOfBuild(new URL('../../miniprogram/dist/weapp/app.json', import.meta.url)),
  stateFile: join(env.home, 'sandbox.json'),
})
await app.listen({ port: env.sandboxPort, host: 'localhost' })
console.log(`WeChat sandbox on http://localhost:${env.sandboxPort}/`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void app.close().then(() => process.exit(0)))
}
