/**
 * The number of this release. Every call of the mini-program and the panel contains it, because phones use an old mini-program
 * for days and browser tabs stay open for weeks. Raise it by one with each release; `tests/releases/README.md` says how.
 */
export const RELEASE = 1

/** The oldest release whose calls the server still serves: the one before its own. */
export const OLDEST_SERVED = RELEASE - 1

/** The header that carries it. Release 0 sent none. */
export const RELEASE_HEADER = 'x-pointbook-release'
