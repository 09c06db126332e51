const COMMENT = /^--.*$/gm
const VALUE = new RegExp(
  [
    String.raw`x?'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'`,
    String.raw`(?:(?<=[(,]\s?)-)?\b\d+(?:\.\d+)?\b`,
    String.raw`(?<=[(,]\s?)(?:null|default|true|false)(?=[,)])`,
  ].join('|'),
  'gis',
)

/**
 * The statements of one journey to the database, with one `?` for a value or a list of values, so that those alike are the same.
 * @param {string} sql
 */
export const shapesOf = (sql) =>
  sql
    .replace(COMMENT, '')
    .replace(VALUE, '?')
    .replace(/\?(?:\s*,\s*\?)+/g, '?')
    .replace(/\(\?\)(?:\s*,\s*\(\?\))+/g, '(?)')
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')
