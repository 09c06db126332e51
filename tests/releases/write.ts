import { writeFileSync } from 'node:fs'
import type { Endpoint } from '@pointbook/shared/contract/http'
import { contract } from '@pointbook/shared/contract/index'
import { RELEASE } from '@pointbook/shared/release'

// The server itself serves the panel, so a reload always gives the server's release.
const inputs = Object.entries<Endpoint>(contract)
  .filter(([, endpoint]) => endpoint.for !== 'admin')
  .map(([op, { params, query, body }]) => [op, { params, query, body }])

writeFileSync(new URL(`${RELEASE}.json`, import.meta.url), `${JSON.stringify(Object.fromEntries(inputs))}\n`)
