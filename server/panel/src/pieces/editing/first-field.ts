const FIELD = 'input:not([type=radio], [type=file], [readonly]), textarea'

/** Begins a dialog at its first field. The library begins at its close button, and `autoFocus` comes before it is shown. */
export const focusFirstField = (box: HTMLElement | null) => box?.querySelector<HTMLElement>(FIELD)?.focus()
