/** A name for a new rule, group or tier that no earlier version used; ledger entries refer to it for ever. */
export function newId(kind: 'rule' | 'tier' | 'group') {
  const bytes = crypto.getRandomValues(new Uint8Array(5))
  return `${kind}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
