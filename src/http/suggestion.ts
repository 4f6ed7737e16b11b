import { closest, distance } from 'fastest-levenshtein'

/** ` Did you mean "limit"?` when one of the known names is near to the one given, or about the same, else nothing. */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0 || given.length > 40) return ''
  const kin = known.filter((name) => subject(name) === subject(given))
  if (kin.length > 1) return ` Did you mean one of ${kin.join(', ')}?`
  if (kin[0] !== undefined) return ` Did you mean "${kin[0]}"?`
  const best = closest(given.toLowerCase(), [...known])
  const apart = distance(given.toLowerCase(), best.toLowerCase())
  const isNear = apart <= Math.max(1, Math.floor(best.length / 3)) && apart < best.length
  return isNear ? ` Did you mean "${best}"?` : ''
}

/** What a filter is about: `kind`, of `kind.in` or `kind[in]`. */
function subject(name: string): string {
  return name.split(/[.[]/)[0] ?? name
}
