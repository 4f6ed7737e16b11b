/** What a reader of a terminal is told of a story that was pasted. The answer in JSON has all of it, and more. */
export interface Answered {
  readonly id: string
  readonly status: string
  readonly headline?: unknown
  readonly byline?: unknown
  readonly place?: unknown
  readonly language?: unknown
  readonly slug?: unknown
  readonly image?: unknown
  readonly wordCount?: unknown
  readonly intake: {
    readonly publishedAt: string | null
    readonly quotes: readonly {
      text: string
      confidence: string
      rule: string
      speaker: Named | null
      suggestion: (Named & { rule: string }) | null
      candidates: readonly Named[]
      mention: { text: string } | null
    }[]
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
  readonly notices?: readonly { detail: string }[]
}

interface Named {
  readonly name: string
  readonly personId: string | null
}

const WIDTH = 100

/** The story at a glance: what was made, who said what and how surely, and what an editor should look at. */
export function annotated(answer: Answered): string {
  const { intake, notices = [] } = answer
  const sections = [
    headOf(answer),
    section('Quotes', intake.quotes.flatMap(quoteLines)),
    section('People', intake.people.map(personLine)),
    section(
      'Related links',
      intake.relatedLinks.map(({ title }) => title),
    ),
    section(
      'Left out',
      intake.furniture.map(({ text }) => text),
    ),
    section('Look at', [
      ...intake.warnings.map(({ detail }) => detail),
      ...open(answer),
      ...notices.map(({ detail }) => detail),
    ]),
  ]
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`
}

function headOf({
  headline,
  status,
  slug,
  intake,
  byline,
  place,
  language,
  image,
  wordCount,
}: Answered): string {
  const picture = image as { caption: string | null; credit: string | null } | null | undefined
  const facts = [
    ['status', status],
    ['slug', slug],
    ['dated', intake.publishedAt],
    ['by', byline],
    ['place', place],
    ['language', language],
    ['picture', picture && [picture.caption, picture.credit].filter(Boolean).join(' / ')],
    ['words', wordCount],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '')
  return [
    String(headline),
    ...facts.map(([name, value]) => `  ${String(name).padEnd(10)}${String(value)}`),
  ].join('\n')
}

/** What the text leaves to the editor. */
function open({ status, intake: { publishedAt, quotes } }: Answered): string[] {
  const unsaid = quotes.filter(({ speaker }) => speaker === null).length
  return [
    ...(publishedAt === null ? ['The text has no date that could be read.'] : []),
    ...(publishedAt !== null && status === 'draft'
      ? [`Its date is taken by publish=now; when it is published later, by publish?at=${publishedAt}.`]
      : []),
    ...(unsaid > 0 ? [`${unsaid} of ${quotes.length} quotes have no speaker yet.`] : []),
  ]
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

function quoteLines(quote: Answered['intake']['quotes'][number], index: number): string[] {
  const number = `${index + 1}.`.padEnd(4)
  return [`${number}“${shortened(quote.text)}”`, `    ${speakerOf(quote)}`]
}

function speakerOf({
  speaker,
  suggestion,
  candidates,
  confidence,
  rule,
  mention,
}: Answered['intake']['quotes'][number]) {
  const words = mention ? `“${mention.text}”, ` : ''
  if (speaker) return `${speaker.name} (${words}${confidence}: ${rule})`
  if (suggestion) return `nobody yet; perhaps ${suggestion.name} (${suggestion.rule})`
  if (candidates.length > 0)
    return `nobody yet; ${candidates.map(({ name }) => name).join(' or ')} (${words}${rule})`
  return `nobody (${words}${rule})`
}

function personLine({
  name,
  personId,
  as,
  role,
  country,
  confidence,
}: Answered['intake']['people'][number]): string {
  const what = [role, country].filter(Boolean).join(', ')
  const fate = personId === null ? `only suggested (${confidence})` : as
  return `${name}${what === '' ? '' : ` (${what})`}: ${fate}`
}

function shortened(text: string): string {
  const points = [...text.replace(/\s+/g, ' ')]
  return points.length <= WIDTH ? points.join('') : `${points.slice(0, WIDTH - 1).join('')}…`
}
