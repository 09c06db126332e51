/** Names of the actions for the filter; one without a name here shows as the server calls it. */
const names: Record<string, string> = {}

export const actionText = (action: string) => names[action] ?? action
