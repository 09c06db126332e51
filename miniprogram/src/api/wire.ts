import { Refused, type Send } from '@pointbook/shared/client'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import Taro from '@tarojs/taro'
import { wechat } from '../wechat'

/** One request to our server, with this access token or none. Throws only when no answer came. */
export const sendAs =
  (accessToken: string | undefined): Send =>
  async ({ method, path, body }) => {
    const answer = await Taro.request({
      url: wechat.serverUrl + path,
      method: method as keyof Taro.request.Method,
      data: body,
      header: {
        [RELEASE_HEADER]: String(RELEASE),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      },
      timeout: 15_000,
    })
    if (answer.data?.code === 'client.outdated') wechat.offerUpdate()
    return { status: answer.statusCode, body: answer.data }
  }

/** Whether the effect of a call is unknown: it may have been carried out although no answer came. */
export const isUnsure = (error: unknown): boolean => !(error instanceof Refused) || error.status >= 500

/** The message about a failed call. */
export function textOf(error: unknown): string {
  return error instanceof Refused ? error.text : '网络好像断开了，请检查后再试'
}
