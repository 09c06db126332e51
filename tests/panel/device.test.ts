import { describe, expect, it } from 'vitest'
import { deviceText } from '../../server/panel/src/pieces/device.ts'

const apple = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('the name of a device', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${apple} Chrome/141.0.0.0 Safari/537.36`, 'Windows 上的 Chrome'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${apple} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
      'Windows 上的 Edge',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Linux 上的 Firefox'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
      'Mac 上的 Safari',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'iPhone 上的 Safari',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60',
      'iPhone 上的微信',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.7 Mobile/15E148 Safari/604.1',
      'iPad 上的 Safari',
    ],
    [`Mozilla/5.0 (Linux; Android 14; PJD110) ${apple} Chrome/141.0.0.0 Mobile Safari/537.36`, '安卓上的 Chrome'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) CriOS/141.0 Mobile/15E148 Safari/604.1',
      'iPhone 上的 Chrome',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) FxiOS/143.0 Mobile/15E148', 'iPhone 上的 Firefox'],
    ['Opera/9.80 (Windows NT 6.1)', 'Windows'],
    ['curl/8.14.1', '未知设备'],
    ['', '未知设备'],
  ])('from %s is %s', (agent, name) => {
    expect(deviceText(agent)).toBe(name)
  })
})
