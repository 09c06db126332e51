const YEAR = /^\d{4}-/
const VISIBLE = 6

interface Told {
  birthday?: string | null
  address?: string | null
}

/** A profile as the audit log keeps it for years: without the year of birth, and with the beginning of the address only. */
export function maskProfile<T extends Told>(profile: T): T {
  const { birthday, address } = profile
  return {
    ...profile,
    ...(birthday && { birthday: birthday.replace(YEAR, '****-') }),
    ...(address && { address: maskAddress(address) }),
  }
}

const maskAddress = (address: string): string =>
  address.endsWith('****') ? address : `${[...address].slice(0, VISIBLE).join('')}****`
