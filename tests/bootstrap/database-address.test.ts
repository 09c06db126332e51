import { readDatabaseAddress } from '@pointbook/config/database-address'
import { adviceOn } from '@pointbook/config/database-advice'
import { type EnvFaults, readEnv } from '@pointbook/config/env'
import { describe, expect, it } from 'vitest'

function faultOf(DATABASE_URL: string): string {
  try {
    readEnv({ DATABASE_URL })
    return ''
  } catch (error) {
    return (error as EnvFaults).faults.join()
  }
}

describe('DATABASE_URL', () => {
  it('is read with ports, IPv6 addresses and escaped characters (FO4)', () => {
    expect(readDatabaseAddress('mysql://us%40er:p%25s%3As%2F%3F%23@[::1]:3307/point%20book')).toEqual({
      user: 'us@er',
      password: 'p%s:s/?#',
      database: 'point book',
      nodes: [{ host: '::1', port: 3307 }],
      ssl: undefined,
    })
    expect(readDatabaseAddress('mysql://u@db.example/pb').nodes).toEqual([{ host: 'db.example', port: 3306 }])
  })

  it.each(['p%s', 'p/s', 'p#s', 'p?s', '12/s', '12#s', '12?s', ':12/s'])(
    'names the right form of a password such as %s (FO4)',
    (password) => {
      const fault = faultOf(`mysql://user:${password}@host:3306/pointbook`)
      expect(fault).toContain(
        'in user and password write % as %25, @ as %40, : as %3A, / as %2F, ? as %3F and # as %23',
      )
      expect(fault).not.toContain(password)
    },
  )

  it('accepts an @ in a password (FO4)', () => {
    expect(readDatabaseAddress('mysql://user:p@ss@host/pointbook')).toMatchObject({ password: 'p@ss' })
  })

  it('must name a database, and must not contain options that the driver would apply (FD12)', () => {
    expect(faultOf('mysql://user@host:3306')).toBe('DATABASE_URL must end with the name of a database: /pointbook')
    expect(faultOf('mysql://user@host/')).toBe('DATABASE_URL must end with the name of a database: /pointbook')
    for (const part of ['multipleStatements=true', 'ssl={}', 'charset=latin1'])
      expect(faultOf(`mysql://user@host/pb?${part}`)).toMatch(/knows standby, ssl-mode, ssl-ca after the question mark/)
  })

  it('is refused when it contains a setting twice, so that none is ignored (FD1)', () => {
    expect(faultOf('mysql://u@a/pb?standby=b:3307&standby=c:3308')).toBe(
      'DATABASE_URL says standby twice: write it once, several nodes with commas between them',
    )
    expect(faultOf('mysql://u@a/pb?ssl-mode=VERIFY_CA&ssl-mode=DISABLED')).toMatch(/says ssl-mode twice/)
  })

  it('names standby nodes by host and port (FD1, FO4)', () => {
    expect(readDatabaseAddress('mysql://u@a/pb?standby=b:3307,[::1]:3308,[fe80::2],c').nodes).toEqual([
      { host: 'a', port: 3306 },
      { host: 'b', port: 3307 },
      { host: '::1', port: 3308 },
      { host: 'fe80::2', port: 3306 },
      { host: 'c', port: 3306 },
    ])
    for (const standby of ['', 'b:99999', 'user@b', 'b/pb', 'b, c'])
      expect(faultOf(`mysql://u@a/pb?standby=${standby}`)).toMatch(/^DATABASE_URL /)
  })

  it("requests TLS with the option names of MySQL's tools (FD12)", () => {
    const sslOf = (parts: string) => readDatabaseAddress(`mysql://u@a/pb?${parts}`).ssl
    expect(sslOf('ssl-mode=DISABLED')).toBeUndefined()
    expect(sslOf('ssl-mode=REQUIRED')).toEqual({ rejectUnauthorized: false, verifyIdentity: false })
    expect(sslOf('ssl-mode=VERIFY_CA')).toEqual({ rejectUnauthorized: true, verifyIdentity: false })
    expect(sslOf('ssl-mode=VERIFY_IDENTITY&ssl-ca=LICENSE')).toEqual({
      rejectUnauthorized: true,
      verifyIdentity: true,
      ca: expect.stringContaining('MIT'),
    })
    expect(faultOf('mysql://u@a/pb?ssl-mode=PREFERRED')).toContain('none of DISABLED, REQUIRED, VERIFY_CA')
    expect(faultOf('mysql://u@a/pb?ssl-ca=LICENSE')).toContain('needs ssl-mode=VERIFY_CA or VERIFY_IDENTITY')
    expect(faultOf('mysql://u@a/pb?ssl-mode=VERIFY_CA&ssl-ca=/none')).toContain('cannot be read: /none')
  })
})

describe('a database that refuses us', () => {
  const login = { user: 'shop', database: 'pointbook' }

  it('leads to a message with the missing rights and how to grant them (FD6)', () => {
    const grant = "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `pointbook`.* TO 'shop'@'…'"
    for (const errno of [1044, 1142]) expect(adviceOn({ errno, sqlState: '42000' }, login)).toContain(grant)
    expect(adviceOn({ errno: 1049, sqlState: '42000' }, login)).toContain('CREATE DATABASE `pointbook`')
  })

  it('leads to our own message when the user logs in by an unknown plugin (FD14)', () => {
    for (const error of [{ code: 'AUTH_SWITCH_PLUGIN_ERROR' }, { errno: 1524, sqlState: 'HY000' }])
      expect(adviceOn(error, login)).toContain("ALTER USER 'shop'@'…' IDENTIFIED BY")
  })
})
