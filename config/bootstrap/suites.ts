/** The suites of tests, in the order they run: the quick ones first; the last judges what the others have sent to the database. */
export const suites = [
  'architecture',
  'releases',
  'core',
  'server',
  'races',
  'migrations',
  'fuzz',
  'miniprogram',
  'panel',
  'bootstrap',
  'journeys',
  'statements',
]
