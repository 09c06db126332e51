import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from '@tarojs/cli'

const sharedSource = path.resolve(__dirname, '../../shared/src')

const developing = process.env.NODE_ENV === 'development'

/** Changes with the title of any page, which the persistent cache does not notice by itself. */
function titlesHash() {
  const pages = globSync(path.resolve(__dirname, '../src/**/index.tsx')).sort()
  const titles = pages.map((file) => readFileSync(file, 'utf8').match(/^definePageConfig\(.+/m)?.[0])
  return createHash('sha256').update(titles.join()).digest('hex').slice(0, 8)
}

// The preview is a phone-wide column on a large screen, so its root size stops growing at 430 px.
const rootSizeAt = (widthPx: number) => (40 * widthPx) / 750

export default defineConfig<'webpack5'>({
  projectName: 'pointbook',
  framework: 'react',
  // Prebundling would put whole libraries into the main package: 1.9 MB instead of 0.5.
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  // Only for `npm run dev`: a release is built from nothing.
  cache: developing ? { enable: true, name: `h5-${titlesHash()}` } : { enable: false },
  logger: { quiet: developing, stats: false },
  sourceRoot: 'src',
  // Taro empties this folder, so `npm run dev` has one of its own and leaves what was built.
  outputRoot: developing ? 'dist/dev' : `dist/${process.env.TARO_ENV}`,
  plugins: ['@tarojs/plugin-html'],
  designWidth: (input) =>
    typeof input === 'object' && input?.file?.replace(/\\+/g, '/').includes('@nutui') ? 375 : 750,
  deviceRatio: { 640: 2.34 / 2, 750: 1, 375: 2, 828: 1.81 / 2 },
  defineConstants: {
    'process.env.TARO_APP_API': JSON.stringify(process.env.TARO_APP_API ?? 'http://localhost:8080'),
  },
  baseLevel: 8,
  mini: {
    optimizeMainPackage: { enable: true },
    miniCssExtractPluginOption: { ignoreOrder: true },
    compile: { include: [sharedSource] },
  },
  h5: {
    publicPath: '/m/',
    staticDirectory: 'static',
    esnextModules: ['nutui-react-taro', 'icons-react-taro'],
    router: { mode: 'hash' },
    // For `npm run dev`: what is not the preview itself or its hot reload is the server's.
    devServer: {
      host: 'localhost',
      port: Number(process.env.PREVIEW_PORT ?? 8082),
      open: false,
      proxy: [{ context: (path: string) => !/^\/(m|ws)(\/|$)/.test(path), target: process.env.POINTBOOK_API }],
    },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      pxtransform: {
        enable: true,
        config: { baseFontSize: 20, minRootSize: rootSizeAt(320), maxRootSize: rootSizeAt(430) },
      },
    },
    compile: { include: [sharedSource] },
    // Without this every page carries a copy of the libraries it uses.
    webpackChain(chain) {
      chain.performance.hints(false)
      if (developing) chain.merge({ infrastructureLogging: { level: 'warn' }, stats: 'errors-warnings' })
      chain.optimization.splitChunks({
        chunks: 'all',
        cacheGroups: {
          libraries: { test: /[\\/]node_modules[\\/]/, name: 'libraries', chunks: 'initial', priority: 20 },
          shared: { minChunks: 2, chunks: 'all', priority: 10, minSize: 8_000, reuseExistingChunk: true },
        },
      })
    },
  },
})
