import fc from 'fast-check'
import t from 'tap'
import { openApiDocument } from '../../src/http/openapi.ts'
import { type Dateline, start } from '../support/dateline.ts'
import { amount } from '../support/torture.ts'
import { type Operation, operationsOf } from './operation.ts'
import { type Prepared, prepare } from './prepared.ts'
import { type Generated, requestsOf, toInject } from './requests.ts'

const REQUESTS = amount({ suite: 30, again: 15, torture: 2_000 })
/** One in twenty or so succeeds where much is asked of a request: it takes more than a few to see that one can. */
const MOST = 1_000
/** Requests withdraw and rename what they are about, so it is made anew now and then. */
const FRESH_FOR = 60
const MINUTES = 60_000

t.setTimeout(REQUESTS * 5 * MINUTES)
const dateline = await start(t, { seeded: true })
const document = await openApiDocument(dateline.app)

for (const operation of operationsOf(document))
  t.test(
    `${operation.operationId} answers ${REQUESTS} requests of any kind as the document says`,
    async (t) => {
      const statuses = await fuzz(dateline, operation)
      t.comment(JSON.stringify(Object.fromEntries([...statuses].sort())))
      t.ok(statuses.has(operation.success), 'some of them succeeded')
      t.ok(
        [...statuses.keys()].some((status) => status >= 400),
        'some of them were refused',
      )
    },
  )

/** `send` fails on a 5xx and on every answer that the document does not give. @returns how often each status came */
async function fuzz({ send, tokens }: Dateline, operation: Operation): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  let about: Prepared | undefined
  let sent = 0
  const ask = async (request: Generated) => {
    if (!about || sent % FRESH_FOR === 0) about = await prepare(dateline)
    sent += 1
    const { status } = await send(toInject(request, about, tokens))
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  const requests = requestsOf(document, operation)
  await fc.assert(fc.asyncProperty(requests, ask), { numRuns: REQUESTS })
  while (!statuses.has(operation.success) && sent < MOST)
    for (const request of fc.sample(requests, REQUESTS)) await ask(request)
  return statuses
}
