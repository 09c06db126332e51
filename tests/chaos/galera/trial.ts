import { setTimeout as sleep } from 'node:timers/promises'
import type { Tried } from '../report.ts'
import { openShop } from '../shop.ts'
import { openCluster } from './cluster.ts'

/** A cluster under load loses the node in use, gets it back, and then has the next one cut off. */
export async function loseNodes(folder: string, clients: number, seconds: number): Promise<Tried> {
  const nodes = await openCluster(folder)
  if (!nodes) return { omitted: 'Galera cannot be installed' }
  const [first, second, third] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]]
  const reach = (databaseUrl: string) => `${databaseUrl}?standby=${second.host},${third.host}`
  const shop = await openShop({ folder, adminUrl: first.url, reach, clients })
  await sleep((seconds * 1000) / 3)
  await first.kill()
  await sleep((seconds * 1000) / 3)
  await first.startAgain()
  await second.cutOff()
  await sleep((seconds * 1000) / 3)
  const inThird = new URL(new URL(shop.databaseUrl).pathname, third.url)
  return { times: 2, troubles: shop.clients.troubles, ...(await shop.verdict(inThird.href)) }
}
