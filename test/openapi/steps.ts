import fc from 'fast-check'
import type { OpenApi } from '../../src/http/openapi-document.ts'
import { isAccess, type Operation, operationsOf, type Schema } from './operation.ts'
import { keyFor } from './prepared.ts'
import { valuesOf } from './values.ts'

/** An operation of a batch: the one that takes the same body alone, and that body. */
export interface Step {
  readonly alone: Alone
  readonly body: Readonly<Record<string, unknown>>
}

export type Alone = Operation & { readonly body: Schema }

/** The operations with a body that a batch can do as well. */
export function inBatches(document: OpenApi): Alone[] {
  return operationsOf(document).flatMap((operation) =>
    operation.body && operation.path !== '/v1/batch' && !isAccess(operation)
      ? [{ ...operation, body: operation.body }]
      : [],
  )
}

/** Steps whose bodies their schemas take. */
export function stepsOf(document: OpenApi): fc.Arbitrary<Step> {
  const steps = inBatches(document).map((alone) =>
    valuesOf(document, alone.body).map((body) => ({ alone, body: Object(body), [fc.toStringMethod]: told })),
  )
  return fc.oneof(...steps)
}

/** The step as a batch takes it, with the names of prepared documents. */
export function inBatch({ alone: { operationId, path }, body }: Step): Record<string, unknown> {
  const [, name = ''] = /^(create|update|replace|restore)/.exec(operationId) ?? []
  const id = keyFor(path)
  const [type = ''] = /article|person|quote|link/i.exec(id) ?? []
  const operation = { do: name, type: type.toLowerCase() }
  if (name === 'create') return { ...operation, content: body }
  if (name !== 'restore') return { ...operation, id, content: body }
  const { version, ...content } = body
  return { ...operation, id, version, content }
}

/** As a failing test prints it. */
function told(this: Step): string {
  return JSON.stringify(inBatch(this))
}
