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

function weightOf(value: unknown, known: Map<object, number>): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  return 'id' in value ? weightOfDocument(value, known) : weightOfMembers(value, known)
}

/** What is included in many places is the same object in each, and is weighed once. */
function weightOfDocument(document: object, known: Map<object, number>): number {
  const weight = known.get(document) ?? weightOfMembers(document, known)
  known.set(document, weight)
  return weight
}

function weightOfMembers(value: object, known: Map<object, number>): number {
  let weight = 0
  if (Array.isArray(value)) for (const member of value) weight += weightOf(member, known)
  else for (const name in value) weight += weightOf((value as Record<string, unknown>)[name], known) // its own name
  return weight
}
