import { buying, doing, earningBy, fixed, noCaps, type Preset, policyOf, rate, rule } from './make.ts'

/** Online education: learning earns, within limits that make bots' lessons worth little (B32). */
export const onlineEducation: Preset = {
  key: 'online-education',
  name: '在线教育',
  audience: '网课、培训平台，学完课程送积分，每天有上限，防止刷课',
  policy: policyOf({
    name: '学习积分',
    // The article gives no figures: purchases as elsewhere (B8), a few points for learning, with a limit per day.
    earning: earningBy([
      rule({ id: 'base', name: '购课积分', gift: rate(1, 1) }),
      rule({
        id: 'lesson',
        name: '学完一节课',
        trigger: 'activity',
        event: 'lesson',
        gift: fixed(5),
        caps: { ...noCaps, day: 20, month: 300 },
      }),
      rule({ id: 'course', name: '学完一门课', trigger: 'activity', event: 'course', gift: fixed(50) }),
    ]),
  }),
  examples: [
    buying('报一门网课', [{ name: '商务英语', category: '课程', quantity: 1, amountFen: 299_00 }]),
    doing('学完一节课', 'activity', '课时', { code: 'lesson' }),
    doing('学完一门课', 'activity', '课程', { code: 'course' }),
  ],
}
