import type { Answer, Dateline } from '../support/dateline.ts'
import { allOf, bare, opened } from './leaks.answers.ts'
import { addressOf, type Question } from './leaks.questions.ts'
import type { Reader, Words } from './leaks.words.ts'
import { needsToken, type Operation } from './operation.ts'

/** What is wrong with answers: the first example of each kind. */
export class Faults {
  readonly #found = new Map<string, string>()

  add({ operation, url }: Question, faults: readonly string[]): void {
    for (const fault of faults) {
      const kind = `${operation.operationId}: ${fault}`
      if (!this.#found.has(kind)) this.#found.set(kind, url)
    }
  }

  get list(): string[] {
    return [...this.#found].map(([kind, url]) => `${kind}, at ${url}`)
  }
}

/** Words that this reader may not read, unless the question has them. */
export function leaks(words: Words, { url }: Question, answer: Answer, reader: Reader): string[] {
  const asked = words.in(opened(url))
  const found = [...words.in(allOf(answer))].filter((word) => !asked.has(word))
  words.found(found.filter((word) => words.mayRead(reader, word)))
  return found
    .filter((word) => !words.mayRead(reader, word))
    .map((word) => `${words.describe(word)}, read by ${reader ?? 'the public'}`)
}

/** The same for everything of a kind, whatever will come of it and when. */
export function caching({ url }: Question, { status, headers }: Answer, reader: Reader): string[] {
  const kept = reader && !isForPrograms(url) ? 'private, no-store' : 'public, max-age=5'
  const expected = status >= 400 ? 'no-store' : kept
  const given = headers['cache-control']
  return given === expected || !(url.startsWith('/v1/') || isForPrograms(url))
    ? []
    : [`${status} with Cache-Control: ${given}`]
}

/** What everybody gets alike, with a token or without. */
export function isForPrograms(path: string): boolean {
  return /^\/(feeds|sitemap|robots)/.test(path)
}

/** The refusals for what does not exist. */
export interface Missing {
  readonly document: string
  readonly version: string
}

export async function missingFrom(
  { get }: Dateline,
  operation: Operation,
  some: { readonly key?: string | undefined },
): Promise<Missing> {
  const ask = async (key: string, version: number) =>
    bare(await get(addressOf(operation, { key, version }, {})), key)
  const key = some.key ?? ''
  return {
    document: await ask(key.replace(/(?<=_).*/, '01h455vb4pex5vsknk084sn02q'), 1),
    version: await ask(key, 99_999),
  }
}

const statuses = { live: [200, 308, 404], moved: [200, 308, 404], gone: [410], hidden: [404] } as const

/** What must not be seen is told from what does not exist, or what was public is not. */
export function tells({ operation, subject, url }: Question, answer: Answer, missing: Missing): string[] {
  const { standing, key } = subject
  const { status } = answer
  if (needsToken(operation)) return status === 401 ? [] : [`${status} without a token`]
  if (!standing || (status === 401 && /[?&]at=/.test(url))) return []
  const possible: readonly number[] = statuses[standing]
  const plain = !url.includes('?') && !subject.version && { live: 200, moved: 308, gone: 410, hidden: 404 }
  if (!possible.includes(status) || (plain && plain[standing] !== status))
    return [`${status} for what is ${standing}`]
  const refusals = standing === 'hidden' ? [missing.document] : [missing.document, missing.version]
  return status !== 404 || refusals.includes(bare(answer, key))
    ? []
    : [`${bare(answer, key)} for what is ${standing}`]
}
