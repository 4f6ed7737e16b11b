import type { OpenApi } from '../../src/http/openapi-document.ts'

/** As much of JSON Schema as the document uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'array' | 'object'
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

interface Documented {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: Readonly<Record<string, { schema: Schema }>>
  }
  readonly responses: Readonly<Record<string, unknown>>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An operation of the document, with what it takes at hand. */
export interface Operation extends Documented {
  readonly method: Method
  readonly path: string
  readonly body: Schema | undefined
  /** What it answers when all is well: 201 where it creates, whatever else it may answer then. */
  readonly success: number
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, given]): Operation => {
      const operation = given as unknown as Documented // the same object, with more of its members named
      return {
        ...operation,
        path,
        method: method.toUpperCase() as Method, // the document has no others: document.test.ts
        body: operation.requestBody?.content['application/json']?.schema,
        success: successOf(method, Object.keys(operation.responses)),
      }
    }),
  )
}

/** A PUT creates as well, and replaces in the first place. */
function successOf(method: string, statuses: readonly string[]): number {
  const isCreation = method === 'post' && statuses.includes('201')
  return isCreation ? 201 : Number(statuses.find((status) => status.startsWith('2')))
}

/** Whether it is refused without a token. */
export function needsToken({ security }: Operation): boolean {
  return security.length > 0 && security.every((way) => 'token' in way)
}

/** Whether only administrators may. */
export function isAccess({ tags = [] }: Operation): boolean {
  return tags.includes('Access')
}

/** What a `$ref` stands for, or the schema itself. */
export function resolve({ components }: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  if (name === undefined) return schema
  return (components.schemas?.[name] ?? {}) as Schema // what is under `schemas` is one
}

/** A schema with everything that it may be instead, at any depth. */
export function alternativesOf(document: OpenApi, given: Schema): Schema[] {
  const schema = resolve(document, given)
  return [schema, ...(schema.anyOf ?? []).flatMap((each) => alternativesOf(document, each))]
}

/**
 * Where a request may name another document or send it whole: `personId` or `person`, and not both. For each
 * of the two its other one.
 */
export function twinOf(name: string, { properties = {} }: Schema): string | undefined {
  const twin = name.endsWith('Id') ? name.slice(0, -'Id'.length) : `${name}Id`
  return name in properties && twin in properties ? twin : undefined
}

/** What an object cannot do without: what is required, and ids that cannot be null where nothing is sent whole. */
export function neededIn(schema: Schema): string[] {
  const { properties = {}, required = [] } = schema
  const ids = Object.keys(properties).filter(
    (name) => name.endsWith('Id') && twinOf(name, schema) && !properties[name]?.anyOf,
  )
  return [...new Set([...required, ...ids])]
}

/** The type of document that a text refers to, by its description: OpenAPI has no other place for it. */
export function referredBy({ description = '' }: Schema): string | undefined {
  return /id or slug of an? (\w+)/.exec(description)?.[1]
}

/** Calls `visit` with every value in a tree of JSON and the JSON Pointer to it. */
export function walk(value: unknown, visit: (value: object, pointer: string) => void, pointer = ''): void {
  if (typeof value !== 'object' || value === null) return
  visit(value, pointer)
  for (const [key, member] of Object.entries(value))
    walk(member, visit, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
}
