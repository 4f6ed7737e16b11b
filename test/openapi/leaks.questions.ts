import { content } from '../../src/content/index.ts'
import type { ContentType } from '../../src/documents/content-type.ts'
import type { Filter } from '../../src/documents/filters.ts'
import { errorCodes } from '../../src/errors.ts'
import { auditActions } from '../../src/storage/schema.ts'
import type { Planting, Standing } from './leaks.planting.ts'
import type { Operation, Parameter } from './operation.ts'

/**
 * Every question that an operation can be asked about what is planted. It reads them off the operation;
 * a parameter that it does not know, of an operation that is new, makes it throw.
 */
export interface Question {
  readonly operation: Operation
  readonly url: string
  readonly accept?: string | undefined
  readonly subject: Subject
}

/** What stands in the path. */
export interface Subject {
  readonly key?: string
  readonly id?: string
  readonly type?: string
  readonly standing?: Standing | 'moved'
  readonly version?: number
}

type Query = Readonly<Record<string, string>>

/**
 * @param instants for `at`; each subject is asked at every n-th of them, and each in turn at other ones
 */
export function* questionsTo(
  stage: Planting,
  operation: Operation,
  instants: readonly string[],
  everyNth: number,
): Generator<Question> {
  const forms = formsOf(operation)
  let turn = 0
  for (const subject of subjectsOf(stage, operation)) {
    turn += 1
    const some = instants.filter((_, index) => (index + turn) % everyNth === 0)
    const needed = neededBy(operation)
    const ask = (query: Query, accept?: string): Question => ({
      operation,
      url: addressOf(operation, subject, { ...needed, ...query }),
      accept,
      subject,
    })
    yield ask({})
    for (const form of forms) yield ask({}, form)
    const isAlone = subject.key === subject.id && (subject.standing ?? 'live') === 'live'
    const choices = queryOf(operation)
      .map((parameter) => [parameter.name, valuesOf(stage, operation, parameter, subject, some)] as const)
      .filter(([, values]) => values.length > 0)
    const fullest = Object.fromEntries(
      choices
        .filter(([name]) => !narrows(operation, name))
        .map(([name, values]) => [name, values.at(-1) ?? '']),
    )
    for (const [name, values] of choices)
      for (const value of values)
        if (name === 'at') {
          yield ask({ ...fullest, [name]: value })
          const form = forms[(turn + some.indexOf(value)) % forms.length]
          if (form) yield ask({ [name]: value }, form)
        } else if (isAlone) yield ask({ [name]: value })
  }
}

/** All words that are planted begin with it. */
export const ANY_WORD = 'zq*'

/** What a question cannot do without. */
export function neededBy({ parameters = [] }: Operation): Query {
  const isSearch = parameters.some(({ name, required }) => name === 'q' && required)
  return isSearch ? { q: ANY_WORD } : {}
}

/** It would hide something that could leak. */
function narrows(operation: Operation, name: string): boolean {
  const { of } = typesOf(operation)
  return (
    /^(fields|type|type\.in)$/.test(name) ||
    (of?.listFilters.some((filter) => filter.name === name.split('.')[0]) ?? false)
  )
}

/** The operation's address with a query. */
export function addressOf({ path }: Operation, { key = '', version = 0 }: Subject, query: Query): string {
  const filled = path.replace('{n}', String(version)).replace(/\{\w+\}/, key)
  const search = new URLSearchParams(query).toString()
  return search === '' ? filled : `${filled}?${search}`
}

/** The type of document that stands in the path, and the one that is answered. */
export function typesOf({ path }: Operation): {
  below: ContentType | undefined
  of: ContentType | undefined
} {
  const [, , first, , second] = path.split('/')
  const typeAt = (segment: string | undefined) => content.find((type) => type.path === segment)
  const below = typeAt(first)
  return { below, of: typeAt(second) ?? below }
}

export function* subjectsOf(stage: Planting, operation: Operation): Generator<Subject> {
  const names = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name)
  const isHistory = names.includes('n')
  if (names.some((name) => !['id', 'n', 'code', 'period'].includes(name)))
    throw unknown(operation, names.join(' '))
  if (names.length === 0) yield {}
  else if (names.includes('code')) for (const code of [...errorCodes, 'no_such_code']) yield { key: code }
  else if (names.includes('period')) for (const key of periodsOf(stage)) yield { key }
  else if (operation.path.startsWith('/v1/tokens/')) for (const id of stage.tokens) yield { key: id, id }
  else {
    const { below } = typesOf(operation)
    if (!below) throw unknown(operation, 'id')
    for (const subject of keysOf(stage, below.type))
      if (!isHistory) yield subject
      else for (const version of versionsOf(stage, subject)) yield { ...subject, version }
  }
}

/** Months and days in which anything goes live or away. */
function periodsOf({ instants }: Planting): Set<string> {
  return new Set(instants.flatMap((at) => [at.slice(0, '2026-11'.length), at.slice(0, '2026-11-25'.length)]))
}

function* keysOf(stage: Planting, type: string): Generator<Subject> {
  for (const document of stage.documents) if (document.type === type) yield { ...document, key: document.id }
  for (const slug of stage.slugs) if (slug.type === type) yield { ...slug, key: slug.slug }
}

/** One more than there are. By a slug, the newest alone. */
function versionsOf(stage: Planting, { key, id = '' }: Subject): number[] {
  const newest = stage.versions.get(id) ?? 0
  return key === id ? Array.from({ length: newest + 1 }, (_, index) => index + 1) : [newest]
}

function queryOf({ parameters = [] }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'cursor')
}

/** The last of them is the one that shows most. */
function valuesOf(
  stage: Planting,
  operation: Operation,
  { name, schema }: Parameter,
  { id = '' }: Subject,
  instants: readonly string[],
): readonly string[] {
  if (name === 'include' || name === 'fields') return listed(schema.items?.enum?.map(String) ?? [])
  if (name === 'at' || name.startsWith('at.')) return instants
  if (name === 'q') return [ANY_WORD]
  if (name === 'type.in') return listed(schema.items?.enum?.map(String) ?? [])
  const about = filteredBy(stage, operation, name)
  if (about) return about
  if (name === 'against') {
    const missing = (stage.versions.get(id) ?? 0) + 1
    return Array.from({ length: missing }, (_, index) => String(missing - index))
  }
  if (name === 'tag') return stage.values.get('article.tags') ?? []
  if (name === 'person') return [...keysOf(stage, 'person')].map(({ key = '' }) => key)
  if (name === 'token') return ['seed', ...stage.tokens]
  if (name === 'document') return stage.documents.map((document) => document.id)
  if (name === 'action') return auditActions
  if (schema.enum) return schema.enum.map(String)
  if (schema.type === 'boolean') return ['false', 'true']
  if (schema.type === 'integer') return [schema.minimum ?? 0, schema.maximum ?? 0].map(String)
  throw unknown(operation, name)
}

/** Each alone, and all at once. */
function listed(names: readonly string[]): string[] {
  return names.length > 0 ? [...names, names.join()] : []
}

/** What a filter could find of what is planted: every id, slug and value there is. */
function filteredBy(stage: Planting, operation: Operation, name: string): string[] | undefined {
  const [field = '', operator = ''] = name.split('.')
  const { of } = typesOf(operation)
  const filter = of?.listFilters.find((each) => each.name === field)
  if (!of || !filter) return undefined
  if (operator === 'exists') return ['true', 'false']
  const values = valuesFor(stage, of, filter)
  return operator === 'in' ? [values.join()] : values
}

function valuesFor(stage: Planting, of: ContentType, { name, target, place: { kind } }: Filter): string[] {
  const type = (target ?? of).type
  const ids = stage.documents.filter((each) => each.type === type).map(({ id }) => id)
  const slugs = stage.slugs.filter((each) => each.type === type).map(({ slug }) => slug)
  if (kind === 'publishedAt' || kind === 'updatedAt') return ['1900-01-01', '2100-01-01']
  if (kind === 'slug') return slugs
  return kind === 'id' ? ids : target ? [...ids, ...slugs] : (stage.values.get(`${type}.${name}`) ?? [])
}

/** The media types that are answered only when they are asked for. */
function formsOf({ responses }: Operation): string[] {
  const { content: forms = {} } = responses[200] as { content?: object } // what is under `responses` is one
  return Object.keys(forms).filter((form) => form !== 'application/json')
}

function unknown({ operationId }: Operation, name: string): Error {
  return new Error(`The hunt cannot fill in ${name} of ${operationId}: give it values in this file.`)
}
