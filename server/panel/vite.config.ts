import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// One chunk per heavy library, so that a release of ours leaves the merchant's cached copy of them valid. The charts arrive
// only with the pages that draw, and the parts of antd that fewer than 14 pages use only with those.
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/ },
  { name: 'echarts', test: /node_modules[\\/](echarts|zrender|tslib)/ },
  { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)[\\/]/, minShareCount: 14 },
]

const named = /role: "img",\s+"aria-label": icon\.name/
const unnamed = `...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })`

/** antd reads the English file name of each icon aloud. Beside words, and in buttons that have a name, an icon says nothing. */
const silentIcons = {
  name: 'silent-icons',
  transform(code: string, id: string) {
    if (!/icons[\\/]es[\\/]components[\\/]AntdIcon(Light)?\.js/.test(id)) return
    if (!named.test(code)) throw new Error(`antd's icons are named otherwise now: ${id}`)
    return { code: code.replace(named, unnamed), map: null }
  },
}

export default defineConfig({
  base: '/panel/',
  plugins: [silentIcons, react()],
  build: { outDir: 'dist', chunkSizeWarningLimit: 1500, rolldownOptions: { output: { codeSplitting: { groups } } } },
  // The server takes requests of its own origin only, so the host stays what the browser calls it.
  server: {
    proxy: { '^/(admin|shop|files)(/|$)': { target: process.env['POINTBOOK_API'] ?? 'http://localhost:8080' } },
  },
})
