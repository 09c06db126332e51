import { useLaunch } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import './app.scss'
import { beginSession } from './session/session'
import { wechat } from './wechat'

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    wechat.start()
    beginSession()
  })
  return children
}
