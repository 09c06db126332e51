/** Random letters and digits, long enough to be unique. */
export function newRequestId(): string {
  const random = () => Math.random().toString(36).slice(2, 12)
  return `${Date.now().toString(36)}${random()}${random()}`
}
