import fc from 'fast-check'
import t from 'tap'
import type { ErrorItem } from '../../src/errors.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { resolve } from './operation.ts'
import { fillIn, prepare } from './prepared.ts'
import { schemaChecker } from './schema-checker.ts'
import { inBatch, inBatches, type Step, stepsOf } from './steps.ts'
import { type Told, toldOf } from './told.ts'
import { anyValue } from './values.ts'

/** What a batch takes as `content` is the body of the same request alone, so its schema is that of the other. */
const REQUESTS = amount({ suite: 100, torture: 5_000 })

const dateline = await start(t, { seeded: true })
const document = await openApiDocument(dateline.app)
const check = schemaChecker(document)
const about = await prepare(dateline)

t.test('a batch takes of every operation what the operation takes alone', async (t) => {
  const done = new Set<string>()
  const property = fc.asyncProperty(fc.array(anyStep(), { minLength: 1, maxLength: 3 }), async (steps) => {
    const faults = steps.map(({ alone, body }) => check(alone.body, filledIn(body)))
    const { status, body } = await dateline.post('/v1/batch', filledIn({ operations: steps.map(inBatch) }))
    if (status === 409) return // what it conflicts with is not in the body
    if (status === 200) {
      const wrong = faults.filter((fault, index) => fault !== undefined && !isToldAsNormal(steps[index]))
      if (wrong.length > 0) throw new Error(`It is taken, and by the schema ${wrong.join()}`)
      for (const { alone } of steps) done.add(alone.operationId)
    } else if (faults.every((fault) => fault === undefined)) {
      const unknown = status === 422 ? untold(steps, body.errors) : [body]
      if (unknown.length > 0) throw new Error(`It is valid by the schema, and ${JSON.stringify(unknown)}`)
    }
  })
  await fc.assert(property, { numRuns: REQUESTS })
  const { length } = inBatches(document)
  t.ok(done.size > length / 2, `of ${length} operations ${done.size} were done`)
})

/** A step that, one time in four, has something odd in it. */
function anyStep(): fc.Arbitrary<Step> {
  return stepsOf(document).chain((step) => {
    const names = [...Object.keys(resolve(document, step.alone.body).properties ?? {}), 'other']
    const odd = fc.dictionary(fc.constantFrom(...names), anyValue, { minKeys: 1, maxKeys: 1 })
    const change = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, odd)
    return change.map((members) => ({ ...step, body: { ...step.body, ...members } }))
  })
}

function filledIn<Body extends object>(body: Body): Body {
  return JSON.parse(fillIn(JSON.stringify(body), about))
}

/** The faults that the document does not tell of, each where it would be if the operation came alone. */
function untold(steps: readonly Step[], items: readonly ErrorItem[]): ErrorItem[] {
  return items.flatMap((item) => {
    const [, index, pointer = ''] =
      /^\/operations\/(\d+)(?:\/content)?(\/.*)?$/.exec(item.pointer ?? '') ?? []
    const step = steps[Number(index)]
    return step ? toldAbout(step).untold([{ ...item, pointer }]) : [item]
  })
}

function isToldAsNormal(step: Step | undefined): boolean {
  return step !== undefined && toldAbout(step).isToldAsNormal(filledIn(step.body))
}

function toldAbout({ alone }: Step): Told {
  return toldOf(document, check, alone, alone.body)
}
