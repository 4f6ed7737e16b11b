/** Characters of JSON, of which there are two bytes each at most: about 7,000 comparisons of a usual size. */
const MOST = 4_000_000

interface Kept {
  readonly value: unknown
  readonly size: number
}

const kept = new Map<string, Kept>()
let total = 0

/**
 * What was made for this key, now or before. What was not asked for longest is forgotten first.
 *
 * @param make gives the same value for the key whenever it is called; nobody changes it afterwards
 */
export function remembered(key: string, make: () => unknown): unknown {
  const known = kept.get(key)
  const entry = known ?? sized(make())
  if (known) kept.delete(key)
  else total += entry.size
  kept.set(key, entry)
  while (total > MOST) forgetOldest()
  return entry.value
}

function sized(value: unknown): Kept {
  return { value, size: JSON.stringify(value).length }
}

function forgetOldest(): void {
  for (const [key, { size }] of kept) {
    kept.delete(key)
    total -= size
    return
  }
}
