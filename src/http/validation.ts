import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { DatelineError, type ErrorItem, type ItemCode, itemCodes } from '../errors.ts'
import { guess as guessIn } from './guesses.ts'
import { suggestion } from './suggestion.ts'

type Part = 'body' | 'querystring' | 'params' | 'headers'

/** The message of a schema that is given nothing where something is required. */
export const REQUIRED = 'is required'

/** Faults that one answer names: enough for an editor, and bounded. */
const MOST_ITEMS = 100

/** What a part of a request has wrong, with every fault. */
export class InvalidInput extends Error {
  readonly part: Part
  readonly error: z.core.$ZodError
  /** What may have been meant by a name that is not known. */
  readonly guess: (name: string) => string

  constructor(part: Part, error: z.core.$ZodError, guess: (name: string) => string = () => '') {
    super('invalid input')
    this.part = part
    this.error = error
    this.guess = guess
  }

  toDatelineError(): DatelineError {
    const all = this.error.issues.flatMap((issue) => toItems(this.part, issue, this.guess))
    const items = all.slice(0, MOST_ITEMS)
    const sentences = items.map(
      (item) => `${item.parameter ?? item.header ?? (item.pointer || 'The body')}: ${item.detail}`,
    )
    if (all.length > items.length) sentences.push(`And ${all.length - items.length} more.`)
    const detail = sentences.join(' ')
    const code =
      this.part === 'body' ? 'invalid_content' : this.part === 'headers' ? 'invalid_header' : 'invalid_query'
    return new DatelineError(code, detail, { items })
  }
}

/** Validates requests and answers with the routes' zod schemas. */
export function validateWithZod(app: FastifyInstance): void {
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => {
    const compiled = compiledOnce(schema)
    return (data) => {
      const result = compiled().safeParse(data, { reportInput: true })
      if (result.success) return { value: result.data }
      const known = 'shape' in schema.def ? Object.keys(schema.def.shape as object) : []
      const meant = (name: string) =>
        httpPart === 'querystring' ? guessIn(name, known, schema) : suggestion(name, known)
      return { error: new InvalidInput(httpPart as Part, result.error, meant) } // Fastify's four names
    }
  })
  app.setSerializerCompiler<z.ZodType>(({ schema }) => rendererOf(schema))
}

/**
 * Renders what a schema has of an answer: nothing that it does not declare.
 *
 * @throws Error when the answer breaks it
 */
export function rendererOf(schema: z.ZodType): (answer: unknown) => string {
  const compiled = compiledOnce(schema)
  return (answer) => {
    const { data, error } = compiled().safeParse(answer)
    if (error) throw new Error('The answer breaks its schema.', { cause: error })
    return JSON.stringify(data)
  }
}

/**
 * Zod makes one function of a schema, which is many times as fast; not of one that leads back to itself. Most
 * schemas are never asked for, so it is made when it is.
 */
function compiledOnce(schema: z.ZodType): () => z.ZodType {
  let compiled: z.ZodType | undefined
  return () => (compiled ??= z.compile(schema))
}

function toItems(part: Part, issue: z.core.$ZodIssue, guess: (name: string) => string): ErrorItem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key, index) => ({
      ...place(part, [...issue.path, key]),
      code: 'unknown',
      detail: `is not known here.${issue.path.length === 0 && index < MOST_ITEMS ? guess(key) : ''}`,
    }))
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue)
    if (branch)
      return branch.flatMap((inner) =>
        toItems(part, { ...inner, path: [...issue.path, ...inner.path] }, () => ''),
      )
  }
  if (part === 'querystring' && Array.isArray(issue.input))
    return [{ ...place(part, issue.path), code: 'repeated', detail: 'is given more than once.' }]
  return [{ ...place(part, issue.path), code: codeOf(issue), detail: sentence(issue) }]
}

/** What is wrong in the one branch of a union that takes values of this type, if there is one. */
function meantBranch({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  const apt = errors.filter((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  )
  return apt.length === 1 ? apt[0] : undefined
}

function place(
  part: Part,
  path: readonly PropertyKey[],
): { pointer?: string; parameter?: string; header?: string } {
  if (part === 'body')
    return { pointer: path.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('') }
  const name = String(path[0] ?? '')
  return part === 'headers' ? { header: name } : { parameter: name }
}

const codes: Readonly<Record<string, ItemCode>> = {
  invalid_format: 'malformed',
  invalid_value: 'not_allowed',
  invalid_type: 'wrong_type',
  invalid_union: 'wrong_type',
  not_multiple_of: 'malformed',
}

function codeOf(issue: z.core.$ZodIssue): ItemCode {
  const isMeasure = issue.code === 'too_big' || issue.code === 'too_small'
  if (isMeasure) {
    const ofLength = issue.origin === 'string' || issue.origin === 'array'
    if (issue.code === 'too_big') return ofLength ? 'too_long' : 'too_big'
    return ofLength ? 'too_short' : 'too_small'
  }
  if (issue.code === 'custom') return itemCodes.find((code) => code === issue.params?.code) ?? 'malformed'
  if (issue.message === REQUIRED || (issue.input === undefined && issue.code === 'invalid_type'))
    return 'required'
  return codes[issue.code] ?? 'malformed'
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'nonoptional') return `${REQUIRED}.`
    const wanted = `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    return issue.message === REQUIRED || issue.input === undefined
      ? `is required: ${wanted}.`
      : `must be ${wanted}.`
  }
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'too_big')
    return `must ${bounds(issue.origin)} at most ${issue.maximum}${unit(issue.origin)}.`
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1)
    return 'must not be empty.'
  if (issue.code === 'too_small')
    return `must ${bounds(issue.origin)} at least ${issue.minimum}${unit(issue.origin)}.`
  return `${issue.message.replace(/^(?!must |is )/, 'is not valid: ')}.`.replace(/([.?])\.$/, '$1')
}

function bounds(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be'
}

function unit(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' elements' : ''
}
