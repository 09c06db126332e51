import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import { useEffect, useMemo, useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { barPicture, inFours, qrPicture } from '../../code/pictures'
import { Graphic } from '../../components/graphic'
import { Icon } from '../../components/icon'
import { Failed } from '../../components/states'
import { Tap } from '../../components/tap'

const againAfterSeconds = 5

type Code = Api['GET /me/code']['reply']

/** Fetches a new code whenever the present one is due for replacement, while it is on the screen. */
export function MemberCode() {
  const code = useLoad(() => call('GET /me/code'), [])
  const { secondsLeft, isOver } = useCountdown(code.data, code.reload)
  const pictures = useMemo(
    () => code.data && { qr: qrPicture(code.data.code), bars: barPicture(code.data.code) },
    [code.data],
  )
  if (!code.data && code.failure) return <Failed text={code.failure} onRetry={code.reload} />
  if (!code.data || !pictures) return <View className="code-waiting" />
  const share = secondsLeft / code.data.refreshAfterSeconds
  return (
    <>
      <View className={isOver ? 'code-pictures code-over' : 'code-pictures'}>
        <Graphic className="code-bars" alt="会员码的条形码" src={pictures.bars} mode="scaleToFill" />
        <View className="digits code-digits">{inFours(code.data.code)}</View>
        <Graphic className="code-qr" alt="会员码的二维码" src={pictures.qr} mode="scaleToFill" />
        {isOver && (
          <Tap className="code-cover" onTap={code.reload}>
            <View className="code-cover-title">会员码已过期</View>
            <View>点这里刷新</View>
          </Tap>
        )}
      </View>
      <Tap className="code-fresh" onTap={code.reload}>
        <View className="code-ring" style={`background:conic-gradient(var(--pine) ${share * 360}deg, var(--line) 0)`}>
          <View className="code-ring-hole" />
        </View>
        {code.failure ? '没能刷新，点这里再试' : `${secondsLeft} 秒后自动更新`}
        <Icon name="refresh" size={30} />
      </Tap>
    </>
  )
}

/** Seconds until the code wants replacing, and whether the till refuses it by now; `done` is called at zero, and again every few seconds while it fails. */
function useCountdown(code: Code | undefined, done: () => void) {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    if (!code) return
    const begun = Date.now()
    let asked = -againAfterSeconds
    setPassed(0)
    const ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - begun) / 1000)
      setPassed(seconds)
      const late = seconds - code.refreshAfterSeconds
      if (late < asked + againAfterSeconds || late < 0) return
      asked = late
      done()
    }, 1000)
    return () => clearInterval(ticking)
  }, [code, done])
  if (!code) return { secondsLeft: 0, isOver: false }
  return {
    secondsLeft: Math.max(0, code.refreshAfterSeconds - passed),
    isOver: passed >= code.expiresAfterSeconds,
  }
}
