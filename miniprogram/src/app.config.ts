export default defineAppConfig({
  pages: ['pages/home/index', 'pages/mall/index', 'pages/code/index', 'pages/me/index'],
  subPackages: [
    {
      root: 'member',
      pages: [
        'sign-up/index',
        'guardian/index',
        'ledger/index',
        'statement/index',
        'purchases/index',
        'entry/index',
        'check-in/index',
        'item/index',
        'orders/index',
        'order/index',
        'coupons/index',
        'invite/index',
        'rules/index',
        'benefits/index',
        'inbox/index',
        'announcements/index',
        'profile/index',
        'privacy/index',
        'leave/index',
        'card/index',
        'agreement/index',
      ],
    },
    {
      root: 'clerk',
      pages: [
        'home/index',
        'customer/index',
        'pickup/index',
        'return/index',
        'record/index',
        'manage/index',
        'manage/staff/index',
        'manage/adjust/index',
        'manage/approvals/index',
        'manage/approval/index',
      ],
    },
  ],
  preloadRule: { 'pages/home/index': { network: 'all', packages: ['member'] } },
  window: {
    backgroundColor: '#f5f3ed',
    backgroundTextStyle: 'dark',
    navigationBarBackgroundColor: '#f5f3ed',
    navigationBarTextStyle: 'black',
    navigationBarTitleText: '积分簿',
    // WeChat's default anyway; written out, it also gives the browser preview its bar.
    navigationStyle: 'default',
  },
  // No page transitions in the browser preview: going back before one has ended would hide the previous page for ever.
  ...(process.env.TARO_ENV === 'h5' && { animation: { duration: 0, delay: 0 } }),
  tabBar: {
    color: '#626d66',
    selectedColor: '#1f4d3f',
    backgroundColor: '#ffffff',
    borderStyle: 'white',
    list: [tab('home', '首页'), tab('mall', '商城'), tab('code', '会员码'), tab('me', '我的')],
  },
})

function tab(name: string, text: string) {
  return {
    pagePath: `pages/${name}/index`,
    text,
    iconPath: `assets/tab/${name}.png`,
    selectedIconPath: `assets/tab/${name}-selected.png`,
  }
}
