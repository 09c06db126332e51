import { useEffect, useState } from 'react'
import type { MessageAnswer } from '../types'
import { type DemoPhone, newPhone, phones } from './sandbox'

interface Asking<Answer> {
  answer: (value: Answer) => void
}

/** A stand-in for WeChat's dialog for the phone number. */
export function PhoneNumberSheet({ answer, phoneMasked }: Asking<boolean> & { phoneMasked: string }) {
  return (
    <div className="wx-sheet">
      <Applicant />
      <div className="wx-sheet-title">申请获取并验证你的手机号</div>
      <div className="wx-sheet-text">用于注册会员、到店出示和查询积分</div>
      <div className="wx-choice">
        <span>{phoneMasked}</span>
        <span className="wx-quiet">微信绑定号码</span>
      </div>
      <div className="wx-buttons">
        <button type="button" className="wx-button" onClick={() => answer(false)}>
          不允许
        </button>
        <button type="button" className="wx-button wx-yes" onClick={() => answer(true)}>
          允许
        </button>
      </div>
    </div>
  )
}

type Answers = Record<string, MessageAnswer>

export function MessageSheet({
  templateIds,
  titles,
  answer,
}: Asking<Answers> & { templateIds: string[]; titles: Record<string, string> }) {
  const [refused, setRefused] = useState<string[]>([])
  const answers = (yes: boolean): Answers =>
    Object.fromEntries(templateIds.map((id) => [id, yes && !refused.includes(id) ? 'accept' : 'reject']))
  const toggle = (id: string) =>
    setRefused(refused.includes(id) ? refused.filter((other) => other !== id) : [...refused, id])
  return (
    <div className="wx-sheet">
      <Applicant />
      <div className="wx-sheet-title">申请发送一次以下消息</div>
      {templateIds.map((id) => (
        <button type="button" key={id} className="wx-choice" onClick={() => toggle(id)}>
          <span>{titles[id] ?? '服务通知'}</span>
          <span className={refused.includes(id) ? 'wx-tick' : 'wx-tick wx-ticked'} />
        </button>
      ))}
      <div className="wx-buttons">
        <button type="button" className="wx-button" onClick={() => answer(answers(false))}>
          取消
        </button>
        <button type="button" className="wx-button wx-yes" onClick={() => answer(answers(true))}>
          允许
        </button>
      </div>
    </div>
  )
}

export function ScanSheet({ answer }: Asking<string | null>) {
  const [typed, setTyped] = useState('')
  return (
    <div className="wx-sheet">
      <div className="wx-sheet-title">演示：代替扫一扫</div>
      <div className="wx-sheet-text">浏览器里没有微信的扫码，请输入或粘贴二维码、条形码下方的数字</div>
      <input className="wx-input" value={typed} onChange={(e) => setTyped(e.target.value)} placeholder="码上的数字" />
      <div className="wx-buttons">
        <button type="button" className="wx-button" onClick={() => answer(null)}>
          取消
        </button>
        <button
          type="button"
          className="wx-button wx-yes"
          disabled={!typed.trim()}
          onClick={() => answer(typed.trim())}
        >
          完成
        </button>
      </div>
    </div>
  )
}

/** Answers the openid to play, or null to stay without a phone. */
export function PhoneChooser({ answer, current }: Asking<string | null> & { current: string }) {
  const [list, setList] = useState<DemoPhone[] | 'failed'>()
  useEffect(() => {
    phones().then(setList, () => setList('failed'))
  }, [])
  return (
    <div className="wx-sheet">
      <div className="wx-sheet-title">演示：选择一部手机</div>
      <div className="wx-sheet-text">这里没有真的微信，选谁就用谁的微信打开小程序</div>
      <div className="wx-people">
        {list === undefined && <div className="wx-quiet">正在读取…</div>}
        {list === 'failed' && <div className="wx-quiet">连接不上微信沙箱，可以先随便逛逛</div>}
        {Array.isArray(list) &&
          list.map((phone) => (
            <button type="button" key={phone.openid} className="wx-person" onClick={() => answer(phone.openid)}>
              <span className="wx-face" style={{ background: phone.colour }}>
                {phone.initials}
              </span>
              <span className="wx-name">{phone.name}</span>
              <span className="wx-quiet">{phone.openid === current ? '正在使用' : phone.phoneMasked}</span>
            </button>
          ))}
      </div>
      <div className="wx-buttons">
        <button type="button" className="wx-button" onClick={() => answer(null)}>
          先随便逛逛
        </button>
        <button type="button" className="wx-button" onClick={async () => answer((await newPhone()).openid)}>
          用一部新手机
        </button>
      </div>
    </div>
  )
}

function Applicant() {
  return (
    <div className="wx-applicant">
      <span className="wx-mark">簿</span>
      <span>积分簿</span>
      <span className="wx-quiet">演示预览，仿微信授权</span>
    </div>
  )
}
