declare module '*.png'
declare module '*.scss'

declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: 'weapp' | 'h5'
    /** Address of our server, for the weapp build; the browser preview uses its own origin. */
    TARO_APP_API: string
  }
}
