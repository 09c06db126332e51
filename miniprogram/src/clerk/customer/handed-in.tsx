import { View } from '@tarojs/components'
import { Page } from '../../components/page'
import { FinishButtons, FinishHead } from '../finish'
import type { useScan } from '../use-scan'
import type { Held } from './recorded'

interface Props {
  nickname: string
  waiting: Held['waiting']
  next: ReturnType<typeof useScan>
}

/** The purchase was not recorded: it waits for a second person. */
export function HandedIn({ nickname, waiting, next }: Props) {
  return (
    <Page footer={<FinishButtons next={next} />}>
      <FinishHead title="已提交审批">{nickname}的这一单</FinishHead>
      <View className="card">
        <View className="card-title">接下来</View>
        <View className="quiet">
          {waiting.because}，要店长或商家审批。通过以后积分才到账，会员在积分明细里看得到；没有通过就不给积分。
        </View>
        <View className="quiet">结果在工作台「我提交的审批」里看。这一单不用再记一遍。</View>
      </View>
    </Page>
  )
}
