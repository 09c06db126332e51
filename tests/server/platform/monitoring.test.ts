import { readFileSync } from 'node:fs'
import { runLeased } from '@pointbook/server/platform/schedule'
import { contract } from '@pointbook/shared/contract/index'
import { refusals } from '@pointbook/shared/refusals'
import { parser } from '@prometheus-io/lezer-promql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { aWorld } from '../../support/world.ts'

// The alarms and the dashboard against the metrics that the server really exports.

interface Rule {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { means: string; do: string }
}

const textOf = (name: string) =>
  readFileSync(new URL(`../../../config/deploy/monitoring/${name}`, import.meta.url), 'utf8')
const rules = (parse(textOf('alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)
const panels = (JSON.parse(textOf('grafana-dashboard.json')) as { panels: Panel[] }).panels
const targets = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
const expressions = [...rules.map(({ expr }) => expr), ...targets]

interface Panel {
  id: number
  type: string
  title: string
  targets?: { expr: string }[]
}

/** The metrics of node_exporter that the alarms and the dashboard use. */
const OF_THE_MACHINE = [
  'node_cpu_seconds_total',
  'node_disk_io_time_seconds_total',
  'node_disk_read_bytes_total',
  'node_disk_written_bytes_total',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'node_load5',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'node_network_receive_bytes_total',
  'node_network_receive_drop_total',
  'node_network_receive_errs_total',
  'node_network_transmit_bytes_total',
  'node_network_transmit_drop_total',
  'node_network_transmit_errs_total',
  'node_timex_offset_seconds',
  'node_timex_sync_status',
]
/** Made by Prometheus itself. */
const OF_PROMETHEUS = ['up']

/** Metrics that neither an alarm nor a panel uses, and why not. */
const UNUSED: Record<string, string> = {
  process_cpu_seconds_total: 'the sum of user and system, which are shown',
  process_virtual_memory_bytes: 'addresses that V8 reserves, not memory',
  process_heap_bytes: 'data segment; the heap of V8 is shown',
  nodejs_eventloop_lag_seconds: 'one sample; the percentiles are shown',
  nodejs_eventloop_lag_min_seconds: 'the percentiles are shown',
  nodejs_eventloop_lag_max_seconds: 'the percentiles are shown',
  nodejs_eventloop_lag_mean_seconds: 'the percentiles are shown',
  nodejs_eventloop_lag_stddev_seconds: 'the percentiles are shown',
  nodejs_eventloop_lag_p90_seconds: 'the percentiles 50 and 99 are shown',
  nodejs_active_resources: 'for the search of a leak',
  nodejs_active_resources_total: 'for the search of a leak',
  nodejs_active_handles: 'for the search of a leak',
  nodejs_active_handles_total: 'for the search of a leak',
  nodejs_active_requests: 'for the search of a leak',
  nodejs_active_requests_total: 'for the search of a leak',
  nodejs_heap_space_size_total_bytes: 'parts of the heap, which is shown as a whole',
  nodejs_heap_space_size_used_bytes: 'parts of the heap, which is shown as a whole',
  nodejs_heap_space_size_available_bytes: 'parts of the heap, which is shown as a whole',
  nodejs_version_info: 'a text',
}

/** The names of an expression's metrics. Throws for what Prometheus could not read. */
function metricsIn(expression: string): string[] {
  // Grafana puts a duration in its place.
  const text = expression.replaceAll('$__rate_interval', '5m')
  const names: string[] = []
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`cannot be read at ${from}: ${expression}`)
      if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector') names.push(text.slice(from, to))
    },
  })
  return names
}

let world: Awaited<ReturnType<typeof aWorld>>
/** Each metric of the server with the series that belong to it. */
const exported = new Map<string, string[]>()
let series: string[] = []

beforeAll(async () => {
  world = await aWorld()
  await runLeased({ name: 'tidy', pattern: '* * * * *', run: async () => {} }, world.server)
  const { body } = await world.anyone().ask('GET /metrics')
  series = (body as string).split('\n').filter((line) => line && !line.startsWith('#'))
  for (const [, name = '', type] of (body as string).matchAll(/^# TYPE (\S+) (\S+)$/gm))
    exported.set(name, [name, ...(type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [])])
})
afterAll(() => world.close())

describe('the alarms and the dashboard (M10)', () => {
  it('name only metrics that the server, node_exporter or Prometheus has', () => {
    const known = new Set([...[...exported.values()].flat(), ...OF_THE_MACHINE, ...OF_PROMETHEUS])
    const named = expressions.flatMap(metricsIn)
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((name) => !known.has(name))).toEqual([])
    expect(OF_THE_MACHINE.filter((name) => !named.includes(name))).toEqual([])
  })

  it('read no label that Prometheus gives to the server itself', () => {
    expect(series.length).toBeGreaterThan(100)
    expect(series.filter((each) => /[{,](job|instance)="/.test(each))).toEqual([])
  })

  it('use every metric of the server, except those listed with a reason', () => {
    const named = new Set(expressions.flatMap(metricsIn))
    const unused = [...exported].filter(([, series]) => !series.some((name) => named.has(name))).map(([name]) => name)
    expect(unused.sort()).toEqual(Object.keys(UNUSED).sort())
  })

  it('name only operations and refusals that exist', () => {
    const labels = (label: string) =>
      expressions.flatMap((text) =>
        [...text.matchAll(new RegExp(`${label}=~?"([^"]+)"`, 'g'))].flatMap(([, values = '']) => values.split('|')),
      )
    const [operations, codes] = [labels('operation'), labels('code')]
    expect(operations.length).toBeGreaterThan(5)
    expect(codes.length).toBeGreaterThan(3)
    expect(operations.filter((operation) => !(operation in contract))).toEqual([])
    expect(codes.filter((code) => code !== 'server.failed' && !(code in refusals))).toEqual([])
  })
})

it('an alarm says what it means and what to do, and has a weight and a name of its own', () => {
  expect(rules.length).toBeGreaterThan(20)
  for (const { alert, labels, annotations } of rules) {
    expect(Object.keys(annotations), alert).toEqual(['means', 'do'])
    expect(['critical', 'warning'], alert).toContain(labels.severity)
  }
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
})

it('a panel has a title of its own in its row', () => {
  const ids = panels.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  let row = ''
  const titles = panels.map(({ type, title }) => {
    if (type === 'row') row = title
    return `${row}: ${title}`
  })
  expect(new Set(titles).size).toBe(titles.length)
})
