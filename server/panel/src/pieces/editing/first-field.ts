const FIELD = 'input:not([type=radio], [type=file], [readonly]), textarea'

/**
 * Focuses the first field of a dialog. The library focuses the close button, and `autoFocus` acts before the dialog is visible.
 */
export const focusFirstField = (box: HTMLElement | null) => box?.querySelector<HTMLElement>(FIELD)?.focus()
