import { isReceiptNo } from '@pointbook/shared/receipt-no'
import { bare } from '@pointbook/shared/text'
import { Input, View } from '@tarojs/components'
import { Icon } from '../components/icon'
import { Tap } from '../components/tap'
import { wechat } from '../wechat'
import './receipt-no.scss'

interface Props {
  value: string
  onChange(value: string): void
  onConfirm?: () => void
}

/** The number on the till's receipt, typed or scanned from its bar code. */
export function ReceiptNoInput({ value, onChange, onConfirm }: Props) {
  const scan = async () => {
    const read = await wechat.scan()
    if (read !== null) onChange(bare(read))
  }
  return (
    <>
      <View className="receipt-no">
        <Input
          className="receipt-no-input digits"
          value={value}
          maxlength={40}
          placeholder="收银小票上的单号"
          confirmType="done"
          onInput={(e) => onChange(bare(e.detail.value))}
          onConfirm={onConfirm}
        />
        <Tap className="receipt-no-scan" label="扫小票上的码" onTap={scan}>
          <Icon name="scan" size={44} color="var(--pine)" />
        </Tap>
      </View>
      {value && !isReceiptNo(value) && <View className="receipt-no-hint">单号只能有字母、数字和 - _ . /</View>}
    </>
  )
}
