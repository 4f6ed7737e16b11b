import type { ContentType } from '../documents/content-type.ts'
import { correctionsField } from '../documents/corrections.ts'
import type { Content } from '../documents/definition.ts'
import type { Publication } from '../documents/publication.ts'
import { DatelineError, type ErrorItem } from '../errors.ts'
import { suggestion } from '../http/suggestion.ts'
import { InvalidInput } from '../http/validation.ts'
import { readPublishLine } from './publish-line.ts'

/** A document as a file has it. */
export interface KeptDocument {
  readonly type: ContentType
  /** As a PUT takes it. */
  readonly body: Content
  /** The name of the file, where the body has no slug. */
  readonly slug: string
  readonly id: string | undefined
  /** Null where the file does not say. */
  readonly publish: Publication | null
  /** Of parts that do not go with it, by their ids. */
  readonly ofParts: ReadonlyMap<string, Publication>
  /** What readers were told of it; only a new document takes it. */
  readonly corrections: readonly unknown[]
  /** The version that the file was made from, for one that the API made. */
  readonly version: number | undefined
}

/** @throws DatelineError `invalid_content` */
export function readKept(
  type: ContentType,
  given: Content,
  slug: string,
  version: number | undefined,
): KeptDocument {
  const { id, publish, corrections, ...content } = given
  const { parted, ofParts, items } = takePublishLines(type, content)
  const line = readPublishLine(publish)
  const told = readCorrections(type, corrections)
  if (line === undefined) items.push(noInstant('/publish'))
  if (told === undefined) items.push(noCorrections)
  if (!isTextOrAbsent(id)) items.push({ pointer: '/id', code: 'wrong_type', detail: 'must be a text.' })
  if (line === undefined || told === undefined || !isTextOrAbsent(id) || items.length > 0)
    throw invalid(items)
  const { data, error } = type.schemas.replacement.safeParse(parted, { reportInput: true })
  if (error)
    throw new InvalidInput('body', error, (name) =>
      suggestion(name, Object.keys(type.fields)),
    ).toDatelineError()
  return { type, body: data, slug, id, publish: line, ofParts, corrections: told, version }
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/** As an export writes them, without what is null. @returns undefined for what is none */
function readCorrections(type: ContentType, given: unknown): readonly unknown[] | undefined {
  if (given === undefined) return []
  if (type.onRecord.length === 0 || !Array.isArray(given)) return undefined
  const whole = given.map((each) => (typeof each === 'object' ? { at: null, ...each } : each))
  return correctionsField.safeParse(whole).data
}

/** Takes the lines `publish` out of the parts. They stand beside an id, as an export writes them. */
function takePublishLines(type: ContentType, content: Content) {
  const ofParts = new Map<string, Publication>()
  const items: ErrorItem[] = []
  const parted = { ...content }
  for (const { kind, name } of type.relations) {
    const parts = content[name]
    if (kind !== 'many' || !Array.isArray(parts)) continue
    parted[name] = parts.map((part: unknown, index) => {
      if (typeof part !== 'object' || part === null || !('publish' in part)) return part
      const { publish, ...rest } = part
      const line = readPublishLine(publish)
      const id = 'id' in rest ? rest.id : undefined
      if (line === undefined || line === null) items.push(noInstant(`/${name}/${index}/publish`))
      else if (typeof id === 'string') ofParts.set(id, line)
      else
        items.push({
          pointer: `/${name}/${index}/publish`,
          code: 'not_allowed',
          detail: 'needs an id beside it.',
        })
      return rest
    })
  }
  return { parted, ofParts, items }
}

function noInstant(pointer: string): ErrorItem {
  return { pointer, code: 'malformed', detail: 'must be now, no or an instant such as 2026-01-31T08:00:00Z.' }
}

const noCorrections: ErrorItem = {
  pointer: '/corrections',
  code: 'malformed',
  detail: 'is not as an export writes it.',
}

function invalid(items: readonly ErrorItem[]): DatelineError {
  const detail = items.map((item) => `${item.pointer} ${item.detail}`).join(' ')
  return new DatelineError('invalid_content', detail, { items })
}
