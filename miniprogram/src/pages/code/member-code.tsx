import { Image, View } from '@tarojs/components'
import { useEffect, useMemo, useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { barPicture, inFours, qrPicture } from '../../code/pictures'
import { Icon } from '../../components/icon'
import { Failed } from '../../components/states'

/** Asks for a fresh code whenever the server's time for one has run out, as long as it is on the screen. */
export function MemberCode() {
  const code = useLoad(() => call('GET /me/code'), [])
  const secondsLeft = useCountdown(code.data, code.reload)
  const pictures = useMemo(
    () => code.data && { qr: qrPicture(code.data.code), bars: barPicture(code.data.code) },
    [code.data],
  )
  if (!code.data && code.failure) return <Failed text={code.failure} onRetry={code.reload} />
  if (!code.data || !pictures) return <View className="code-waiting" />
  const share = secondsLeft / code.data.refreshAfterSeconds
  return (
    <>
      <Image className="code-bars" src={pictures.bars} mode="scaleToFill" />
      <View className="digits code-digits">{inFours(code.data.code)}</View>
      <Image className="code-qr" src={pictures.qr} mode="scaleToFill" />
      <View className="code-fresh" onClick={code.reload}>
        <View className="code-ring" style={`background:conic-gradient(var(--pine) ${share * 360}deg, var(--line) 0)`}>
          <View className="code-ring-hole" />
        </View>
        {code.failure ? '没能刷新，点这里再试' : `${secondsLeft} 秒后自动更新`}
        <Icon name="refresh" size={30} />
      </View>
    </>
  )
}

/** Seconds until the code wants replacing; `done` is called at zero, and again every few seconds while it fails. */
function useCountdown(code: { refreshAfterSeconds: number } | undefined, done: () => void): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (!code) return
    const endsAt = Date.now() + code.refreshAfterSeconds * 1000
    setLeft(code.refreshAfterSeconds)
    const ticking = setInterval(() => {
      const seconds = Math.ceil((endsAt - Date.now()) / 1000)
      setLeft(Math.max(0, seconds))
      if (seconds <= 0 && seconds % 5 === 0) done()
    }, 1000)
    return () => clearInterval(ticking)
  }, [code, done])
  return left
}
