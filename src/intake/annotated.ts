import { type Asked, isSaid, nextSteps } from './next-steps.ts'
import { inWords } from './rule-words.ts'

/** What a reader of a terminal is told of a story that was pasted. The answer in JSON has all of it, and more. */
export interface Answered {
  readonly id: string
  readonly status: string
  readonly headline?: unknown
  readonly standfirst?: unknown
  readonly byline?: unknown
  readonly place?: unknown
  readonly language?: unknown
  readonly slug?: unknown
  readonly publishedAt?: unknown
  readonly updatedAt?: unknown
  readonly image?: unknown
  readonly wordCount?: unknown
  /** Those that were saved with it, expanded. */
  readonly people?: readonly { personId: string; as: string; person?: { status: string } | null }[]
  readonly intake: {
    readonly publishedAt: string | null
    readonly quotes: readonly AnsweredQuote[]
    readonly people: readonly {
      name: string
      personId: string | null
      as: string
      role: string | null
      country: string | null
      confidence: string
    }[]
    readonly relatedLinks: readonly { title: string }[]
    readonly furniture: readonly { text: string }[]
    readonly warnings: readonly { detail: string }[]
  }
  readonly notices?: readonly { code: string; detail: string }[]
}

export interface AnsweredQuote {
  readonly quoteId: string
  readonly text: string
  readonly confidence: string
  readonly rule: string
  readonly speaker: Named | null
  readonly suggestion: (Named & { readonly rule: string }) | null
  readonly candidates: readonly Named[]
  readonly mention: { readonly text: string } | null
}

interface Named {
  readonly name: string
  readonly personId: string | null
}

const WIDTH = 100

/** The story at a glance: what was made, who said what and how surely, and what an editor should look at. */
export function annotated(answer: Answered, asked: Asked): string {
  const { intake, notices = [] } = answer
  const { isDry } = asked
  const sections = [
    headOf(answer, asked),
    section(
      'Quotes',
      intake.quotes.flatMap((quote, index) => quoteLines(quote, index, isDry)),
    ),
    section(
      'People',
      intake.people.flatMap((person) => personLines(person, isDry)),
    ),
    section(
      'Related links',
      intake.relatedLinks.map(({ title }) => title),
    ),
    section(
      'Left out',
      intake.furniture.map(({ text }) => shortened(text)),
    ),
    section('Look at', [
      ...counted(intake.warnings.map(({ detail }) => detail)),
      ...open(answer),
      ...notices.map(({ detail }) => detail),
    ]),
    section('Next', nextSteps(answer, asked)),
  ]
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`
}

function headOf(answer: Answered, { base, isDry }: Asked): string {
  const { headline, standfirst, status, slug, byline, place, language, image, wordCount } = answer
  const picture = image as Picture | null | undefined
  const facts = [
    ['status', status],
    isDry
      ? ['slug', slug]
      : ['address', `${base}/v1/articles/${slug}${status === 'live' ? '' : '?at=latest'}`],
    ['subhead', standfirst],
    ['dated', dateOf(answer)],
    ['by', byline],
    ['place', place],
    ['language', language],
    ['picture', picture && [picture.caption, picture.credit, picture.url].filter(Boolean).join(' / ')],
    ['words', wordCount],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '')
  return [
    String(headline),
    ...facts.map(([name, value]) => `  ${String(name).padEnd(10)}${String(value)}`),
  ].join('\n')
}

/** A draft keeps no date: an editor who publishes it later has to say it again. */
function dateOf({ status, publishedAt, updatedAt, intake }: Answered): unknown {
  if (status === 'live') return publishedAt
  if (status === 'scheduled') return updatedAt
  return intake.publishedAt && `${intake.publishedAt} in the text; a draft keeps no date (see Next)`
}

interface Picture {
  readonly url: string | null
  readonly caption: string | null
  readonly credit: string | null
}

/** What the text leaves to the editor. */
function open({ intake: { publishedAt, quotes } }: Answered): string[] {
  const unsaid = quotes.filter((quote) => !isSaid(quote)).length
  return [
    ...(publishedAt === null ? ['The text has no date that could be read.'] : []),
    ...(unsaid > 0 ? [`${unsaid} of ${quotes.length} quotes have no speaker yet.`] : []),
  ]
}

/** What is told several times, once. */
function counted(details: readonly string[]): string[] {
  return [...new Set(details)].map((detail) => {
    const { length } = details.filter((other) => other === detail)
    return length === 1 ? detail : `${detail} (${length} times)`
  })
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

function quoteLines(quote: AnsweredQuote, index: number, isDry: boolean): string[] {
  const number = `${index + 1}.`.padEnd(4)
  const lines = [`${number}“${shortened(quote.text)}”`, `    ${speakerOf(quote)}`]
  return isDry ? lines : [...lines, `    ${quote.quoteId}`]
}

function speakerOf(quote: AnsweredQuote): string {
  const { speaker, suggestion, candidates, confidence, rule, mention } = quote
  const why = inWords(rule, mention?.text ?? null)
  if (speaker && !isSaid(quote)) return `nobody yet; perhaps ${speaker.name}, who is not known here (${why})`
  if (speaker) return `${speaker.name} (${confidence}: ${why})`
  if (suggestion) return `nobody yet; perhaps ${suggestion.name} (${inWords(suggestion.rule, null)})`
  if (candidates.length > 0) return `nobody yet; ${candidates.map(({ name }) => name).join(' or ')} (${why})`
  return `nobody (${why})`
}

function personLines(
  { name, personId, as, role, country, confidence }: Answered['intake']['people'][number],
  isDry: boolean,
): string[] {
  const what = [role, country].filter(Boolean).join(', ')
  const fate = personId === null ? `only suggested (${confidence})` : as
  const line = `${name}${what === '' ? '' : ` (${what})`}: ${fate}`
  return isDry || personId === null ? [line] : [line, `  ${personId}`]
}

function shortened(text: string): string {
  const points = [...text.replace(/\s+/g, ' ')]
  return points.length <= WIDTH ? points.join('') : `${points.slice(0, WIDTH - 1).join('')}…`
}
