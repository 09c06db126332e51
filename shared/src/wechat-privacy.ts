/**
 * The kinds of personal data that WeChat's《用户隐私保护指引》knows, by its privacy key, with the interfaces that WeChat blocks
 * until the kind is declared (MP console, 设置 → 服务内容声明). Source: developers.weixin.qq.com,
 * miniprogram/dev/framework/user-privacy/miniprogram-intro.html.
 */
export const privacyKinds = {
  UserInfo: { text: '微信昵称、头像', interfaces: ['chooseAvatar', 'nickname', 'getUserInfo', 'getUserProfile'] },
  PhoneNumber: { text: '手机号', interfaces: ['getPhoneNumber', 'getRealtimePhoneNumber'] },
  Clipboard: { text: '剪切板', interfaces: ['setClipboardData', 'getClipboardData'] },
  Album: { text: '选中的照片或视频', interfaces: ['chooseImage', 'chooseMedia', 'chooseVideo'] },
  AlbumWriteOnly: { text: '相册（仅写入）', interfaces: ['saveImageToPhotosAlbum', 'saveVideoToPhotosAlbum'] },
  MessageFile: { text: '选中的文件', interfaces: ['chooseMessageFile'] },
  Address: { text: '地址', interfaces: ['chooseAddress'] },
  Location: {
    text: '位置信息',
    interfaces: ['getLocation', 'getFuzzyLocation', 'startLocationUpdate', 'startLocationUpdateBackground'],
  },
  ChooseLocation: { text: '选择的位置', interfaces: ['choosePoi', 'chooseLocation'] },
  Invoice: { text: '发票信息', interfaces: ['chooseInvoiceTitle', 'chooseInvoice'] },
  RunData: { text: '微信运动步数', interfaces: ['getWeRunData'] },
  LicensePlate: { text: '车牌号', interfaces: ['chooseLicensePlate'] },
  Record: { text: '麦克风', interfaces: ['startRecord', 'getRecorderManager', 'joinVoIPChat'] },
  Camera: { text: '摄像头', interfaces: ['createVKSession', 'createCameraContext'] },
  BlueTooth: { text: '蓝牙', interfaces: ['openBluetoothAdapter', 'createBLEPeripheralServer'] },
  Contact: { text: '通讯录（仅写入）', interfaces: ['addPhoneContact'] },
  Calendar: { text: '日历（仅写入）', interfaces: ['addPhoneCalendar', 'addPhoneRepeatCalendar'] },
} as const

export type PrivacyKind = keyof typeof privacyKinds

/** What the merchant declares for this mini-program, with the purpose in words to copy. A test compares it with the build. */
export const declaredUses: Readonly<Partial<Record<PrivacyKind, string>>> = {
  UserInfo: '会员自己选择的头像和昵称，用来显示在会员卡和门店核对身份',
  PhoneNumber: '注册会员、找回会员档案，以及门店按手机号查找会员',
  Clipboard: '会员点「复制」时，把邀请码写入剪切板；不读取剪切板的内容',
}
