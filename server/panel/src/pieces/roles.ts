export const roles = { clerk: '店员', manager: '店长' } as const
