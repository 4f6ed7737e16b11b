import type { Answered, AnsweredQuote } from './annotated.ts'

/** Where the answer was given, and whether anything was saved. */
export interface Asked {
  /** The address of the server, without a slash at its end. */
  readonly base: string
  readonly isDry: boolean
}

/** What an editor types next, ready to be copied. */
export function nextSteps(answer: Answered, { base, isDry }: Asked): string[] {
  if (isDry) return ['Nothing was saved. Sent again without dryRun=true, it is.', ...publishedAtOnce(answer)]
  const steps = [
    ...publishing(answer, base),
    ...speaking(answer, base),
    ...adding(answer, base),
    ...takingBack(answer, base),
  ]
  return steps.flatMap(({ what, line }) => [what, `  ${line}`])
}

interface Step {
  readonly what: string
  readonly line: string
}

/** Steps of one kind: an editor sees from them how the others go. */
const MOST_STEPS = 6

function publishedAtOnce({ status, intake: { publishedAt } }: Answered): string[] {
  if (status !== 'draft') return []
  const dated = publishedAt === null ? '' : `, dated ${publishedAt}`
  return [`With publish=now it goes live at once${dated}, and the people who are made for it as well.`]
}

/** The people go live with the story: its quotes would lead to nobody. */
function publishing(answer: Answered, base: string): Step[] {
  if (answer.status !== 'draft') return []
  const { publishedAt } = answer.intake
  const at = publishedAt === null ? {} : { at: publishedAt }
  const drafts = (answer.people ?? []).filter(({ person }) => person?.status === 'draft')
  const operations = [
    ...drafts.map(({ personId }) => ({ do: 'publish', type: 'person', id: personId, ...at })),
    { do: 'publish', type: 'article', id: answer.id, ...at },
  ]
  const dated = publishedAt === null ? '' : `, dated ${publishedAt} as in the text`
  const people = drafts.length === 0 ? '' : ` with the people who are drafts as well`
  return [{ what: `Publish it${people}${dated}:`, line: batch(base, operations) }]
}

function speaking({ intake: { quotes } }: Answered, base: string): Step[] {
  const steps = quotes.flatMap((quote, index) => stepsOf(quote, index + 1, base)).slice(0, MOST_STEPS)
  const unknown = quotes.findIndex((quote) => !isSaid(quote) && likelyOf(quote).length === 0)
  const [quoteId] = quotes.slice(unknown, unknown + 1).map((quote) => quote.quoteId)
  if (unknown < 0 || quoteId === undefined) return steps
  const what = `If you know who said quote ${unknown + 1}, with their id or slug in the place of SOMEBODY:`
  return [...steps, { what, line: byPerson(base, quoteId, 'SOMEBODY') }]
}

/** A story that is there twice. */
function takingBack({ id, notices = [] }: Answered, base: string): Step[] {
  if (!notices.some(({ code }) => code === 'pasted_before' || code === 'same_headline')) return []
  const line = `curl -s -X DELETE ${base}/v1/articles/${id} -H "authorization: Bearer $TOKEN"`
  return [{ what: 'If you keep the other one, take this one away:', line }]
}

/** One line for all who are only suggested: it gives the article the whole list of its people. */
function adding({ id, people = [], intake }: Answered, base: string): Step[] {
  const asked = new Set(intake.quotes.flatMap((quote) => likelyOf(quote).map(({ name }) => name)))
  const missing = intake.people.filter(({ name, personId }) => personId === null && !asked.has(name))
  if (missing.length === 0 || missing.length > MOST_STEPS) return []
  const added = missing.map(({ as }, index) => ({ personId: `$person${index + 1}`, as }))
  const content = { people: [...people.map(({ personId, as }) => ({ personId, as })), ...added] }
  const names = missing.map(({ name }) => name).join(' and ')
  const line = batch(base, [
    ...missing.map(({ name, role }, index) => ({
      ...{ do: 'create', type: 'person', name: `person${index + 1}`, content: { name, role } },
    })),
    { do: 'update', type: 'article', id, content },
  ])
  return [{ what: `If ${names} ${missing.length === 1 ? 'is' : 'are'} to be among its people:`, line }]
}

/** Whether its speaker was saved with it: nobody is made of whom the text is not sure. */
export function isSaid({ speaker }: AnsweredQuote): boolean {
  return speaker !== null && speaker.personId !== null
}

function stepsOf(quote: AnsweredQuote, number: number, base: string): Step[] {
  if (isSaid(quote)) return []
  return likelyOf(quote).map(({ name, personId }) => ({
    what: `If ${name} said quote ${number}:`,
    line:
      personId === null ? byNewPerson(base, quote.quoteId, name) : byPerson(base, quote.quoteId, personId),
  }))
}

function likelyOf({ speaker, suggestion, candidates }: AnsweredQuote) {
  const [one] = [speaker, suggestion].filter((each) => each !== null)
  return one ? [one] : candidates.slice(0, 2)
}

function byPerson(base: string, quoteId: string, speakerId: string): string {
  return curl(`-X PATCH ${base}/v1/quotes/${quoteId}`, { speakerId })
}

function byNewPerson(base: string, id: string, name: string): string {
  return batch(base, [
    { do: 'create', type: 'person', name: 'speaker', content: { name } },
    { do: 'update', type: 'quote', id, content: { speakerId: '$speaker' } },
  ])
}

function batch(base: string, operations: readonly object[]): string {
  return curl(`${base}/v1/batch`, { operations })
}

/** Quoted for a shell: JSON has another way to write an apostrophe. */
function curl(request: string, body: object): string {
  const json = JSON.stringify(body).replaceAll("'", '\\u0027')
  return `curl -s ${request} -H "authorization: Bearer $TOKEN" --json '${json}'`
}
