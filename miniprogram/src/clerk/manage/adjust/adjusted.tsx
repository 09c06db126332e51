import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Button } from '../../../components/button'
import { Page } from '../../../components/page'
import { Points } from '../../../components/points'
import { FinishHead } from '../../finish'

type Reply = Api['POST /clerk/adjustments']['reply']

export interface Outcome {
  points: number
  reply: Reply
}

/** It is done, or it waits for the merchant. */
export function Adjusted({ nickname, points, reply, onAnother }: Outcome & { nickname: string; onAnother(): void }) {
  const footer = (
    <View className="adjust-buttons">
      <Button kind="quiet" onTap={() => Taro.navigateBack()}>
        完成
      </Button>
      <Button onTap={onAnother}>再调一位</Button>
    </View>
  )
  return (
    <Page footer={footer}>
      {'waiting' in reply ? (
        <>
          <FinishHead title="已提交审批" />
          <View className="adjust-balance">商家同意以后，{nickname}的积分才会变</View>
          <View className="adjust-balance">结果在工作台看</View>
        </>
      ) : (
        <>
          <FinishHead title={`已给${nickname}${points > 0 ? '增加' : '扣减'}`}>
            <Points value={points} signed /> 分
          </FinishHead>
          <View className="adjust-balance">现在余额 {group(reply.balance)} 分</View>
        </>
      )}
    </Page>
  )
}
