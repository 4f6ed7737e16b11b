import { closest, distance } from 'fastest-levenshtein'

/** ` Did you mean "limit"?` when one of the known names is near to the one given, else nothing. */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0 || given.length > 40) return ''
  const best = closest(given.toLowerCase(), [...known])
  const isNear = distance(given.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.floor(best.length / 3))
  return isNear ? ` Did you mean "${best}"?` : ''
}
