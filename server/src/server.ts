import type { Env } from '@pointbook/config/env'
import { offsetMinutes } from '@pointbook/shared/day'
import type { FastifyBaseLogger } from 'fastify'
import type { Book } from './book/book.ts'
import type { Events } from './book/events.ts'
import { type Clock, clockAhead } from './platform/clock.ts'
import { type DataKeys, dataKeys } from './platform/data-keys.ts'
import { type Database, type Databases, openDatabase } from './platform/database/pool.ts'
import { type Files, filesIn } from './platform/files.ts'
import { type Metrics, openMetrics } from './platform/metrics.ts'
import type { OutboxHandler } from './platform/outbox.ts'
import { openTally, type Tally } from './platform/tally.ts'
import { type WeChat, wechatClient } from './platform/wechat/client.ts'

/** The whole outside world as one record: what is not here, no part of the server can reach. */
export interface Outside {
  env: Env
  databases: Databases
  db: Database
  keys: DataKeys
  clock: Clock
  /** Uniform in [0, 1). */
  chance(): number
  wechat: WeChat
  files: Files
  metrics: Metrics
  /** The number of unknown codes per caller. */
  misses: Tally
  log: FastifyBaseLogger
  /** Minutes the shop's clock is ahead of UTC. */
  offsetMinutes: number
}

/** The outside world and the one writer: what features are given. */
export interface Server extends Outside {
  book: Book
}

/** What a feature does about events of others. */
export type Handlers = { [Topic in keyof Events]?: OutboxHandler<Events[Topic]> }

interface Options {
  log: FastifyBaseLogger
  clock?: Clock
  chance?: () => number
}

/** Opens the world that the settings describe. `env.databaseUrl` must be set. */
export function openOutside(env: Env, { log, clock = clockAhead(), chance = Math.random }: Options): Outside {
  if (!env.databaseUrl) throw new Error('DATABASE_URL is not set')
  const databases = openDatabase(env.databaseUrl, env.secrets)
  const { apiUrl, appId, appSecret, miniprogramState } = env.wechat
  return {
    env,
    databases,
    db: databases.db,
    keys: dataKeys(env.secrets),
    clock,
    chance,
    wechat: wechatClient({ apiUrl, appId, appSecret, miniprogramState, now: Date.now, log }),
    files: filesIn(env.home),
    metrics: openMetrics(),
    misses: openTally({ most: 30, withinMs: 10 * 60_000, refusal: 'code.guessed' }),
    log,
    offsetMinutes: offsetMinutes(env.shopOffset),
  }
}
