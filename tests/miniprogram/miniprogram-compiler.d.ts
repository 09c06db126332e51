/** The package brings no types. */
declare module 'miniprogram-compiler' {
  /** All markup below a folder as one script; throws what WeChat's wcc says against it. */
  export function wxmlToJs(folder: string): string
  /** All styles below a folder as one script; throws what WeChat's wcsc says against it. */
  export function wxssToJs(folder: string): string
}
