const systems = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['安卓', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh/],
  ['Linux', /Linux|X11/],
] as const

const browsers = [
  ['微信', /MicroMessenger/],
  ['Edge', /Edg(A|iOS)?\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
] as const

const nameIn = (names: readonly (readonly [string, RegExp])[], agent: string) =>
  names.find(([, pattern]) => pattern.test(agent))?.[0]

/** A browser's own words (User-Agent) as people call it: `Windows 上的 Chrome`. */
export function deviceText(agent: string): string {
  const [system, browser] = [nameIn(systems, agent), nameIn(browsers, agent)]
  if (system && browser) return `${system} 上的 ${browser}`.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
  return system ?? browser ?? '未知设备'
}
