import { DatelineError } from '../errors.ts'

/** Characters of text in an answer: making one of these takes a quarter of a second, and everybody waits. */
const MOST = 20_000_000

/**
 * Refuses an answer that would be too long to make: many documents with long bodies, or one long body that
 * many documents include.
 *
 * @throws DatelineError `invalid_query` before anything is rendered
 */
export function assertBearable(documents: readonly unknown[]): void {
  const known = new Map<object, number>()
  let total = 0
  for (const document of documents) total += weightOf(document, known)
  if (total <= MOST) return
  const detail = `asks for an answer of about ${Math.ceil(total / 1_000_000)} million characters, and ${MOST / 1_000_000} are possible. Ask for fewer documents, for some \`fields\` only, or include less.`
  throw new DatelineError('invalid_query', `limit ${detail}`, {
    items: [{ parameter: 'limit', code: 'too_big', detail }],
  })
}

/** What is included in many places is the same object in each, and is weighed once. */
function weightOf(value: unknown, known: Map<object, number>): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  const before = known.get(value)
  if (before !== undefined) return before
  let weight = 0
  for (const member of Object.values(value))
    weight += typeof member === 'string' ? member.length : weightOf(member, known)
  known.set(value, weight)
  return weight
}
