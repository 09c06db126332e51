export const sexes = { unknown: '未填', female: '女', male: '男' } as const
