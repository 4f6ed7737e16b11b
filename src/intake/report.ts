import { genderOfGivenName } from './given-names.ts'
import type { Link } from './html.ts'
import type { Intake, IntakeLink, IntakePerson, IntakeQuote } from './intake.ts'
import type { Layout } from './layout.ts'
import type { Person } from './people.ts'
import { firstFrom, type Source, spanOf } from './source.ts'
import type { QuotedWords, Speech } from './speakers.ts'
import { folded } from './text.ts'

/** Quotes in the order of the text. */
export function quotesOf(source: Source, speeches: readonly Speech[]): IntakeQuote[] {
  return speeches.map(({ parts, breaks, turn, isPartial, hasNested, medium, verdict }) => {
    const { speaker, confidence, rule, suggestion, candidates, mention } = verdict
    return {
      text: joined(
        parts.map(({ from, to }) => folded(source.text.slice(from, to))),
        breaks,
      ),
      parts: parts.map((part) => spanOf(source, part)),
      ...{ speaker, confidence, rule },
      suggestion: suggestion && { ...suggestion, confidence: 'low' as const },
      candidates,
      mention: mention && {
        text: folded(source.text.slice(mention.from, mention.to)),
        span: spanOf(source, mention),
      },
      ...{ turn, isPartial, hasNested, medium },
      insertions: parts.flatMap(({ from, to }) =>
        [...source.text.slice(from, to).matchAll(INSERTION)].map(({ index, 0: words }) =>
          spanOf(source, { from: from + index, to: from + index + words.length }),
        ),
      ),
    }
  })
}

const INSERTION = /\[[^[\]\n]{1,200}\]/g

/**
 * The comma before an interruption is the article's where the sentence goes on in small letters, and so is
 * the one at the end. After a single word (“Yes,” she said, “of course.”) it is kept.
 */
function joined(parts: readonly string[], breaks: readonly boolean[]): string {
  return parts
    .reduce((text, part, index) => {
      if (breaks[index - 1]) return `${text}\n\n${part}`
      const isComma = /^\p{Ll}/u.test(part) && /\s/.test(parts[index - 1] ?? '')
      return `${isComma ? text.replace(/,$/, '') : text} ${part}`
    })
    .replace(/,$/, '')
}

/** Those whom the text names, and after them those who wrote it. */
export function peopleOf(
  source: Source,
  people: readonly Person[],
  inHeadline: ReadonlySet<number>,
  { byline }: Layout,
): Intake['story']['people'] {
  const authors = (byline?.people ?? []).map(
    ({ from, to }): IntakePerson => ({
      ...{
        name: folded(source.text.slice(from, to)),
        role: null,
        affiliation: null,
        country: null,
        as: 'author',
      },
      ...{ spans: [spanOf(source, { from, to })], confidence: 'high', rule: 'byline' },
    }),
  )
  const named = people.map(
    ({ name, role, affiliation, country, evidence, ranges }, index): IntakePerson => ({
      ...{ name, role, affiliation, country, as: inHeadline.has(index) ? 'subject' : 'mentioned' },
      spans: ranges.toSorted((a, b) => a.from - b.from).map((range) => spanOf(source, range)),
      confidence: sure.has(evidence) && !isGivenAlone(name, role) ? 'high' : 'medium',
      rule: evidence,
    }),
  )
  return [...named, ...authors]
}

const sure: ReadonlySet<string> = new Set(['role', 'title', 'given-name', 'given-name-cue', 'apposition'])

/** Her son Harpreet: somebody, and not the Harpreet of the next story. Prince William is one. */
function isGivenAlone(name: string, role: string | null): boolean {
  const isSmall = role !== null && /^\p{Ll}/u.test(role) && !name.includes(' ')
  return isSmall && (FAMILY.test(role) || genderOfGivenName(name) !== undefined)
}

const FAMILY =
  /(?:^| )(?:son|daughter|wife|husband|partner|brother|sister|mother|father|niece|nephew|cousin|uncle|aunt|grandson|granddaughter|grandfather|grandmother|pupil)$/

/** The address of a line is the one written in it, else that of the link which it was. */
export function linksOf(source: Source, { related }: Layout, links: readonly Link[]): IntakeLink[] {
  return related.map(({ kind, title, url, from, to }, index) => {
    const link = links[firstFrom(links, from)]
    const linked = link && link.to <= to ? link.url : null
    return { kind, title, url: url ?? linked, position: index + 1, span: spanOf(source, { from, to }) }
  })
}

export function quotedWordsOf(source: Source, others: readonly QuotedWords[]): Intake['quotedWords'] {
  return others.map(({ from, to, rule, medium }) => ({
    text: folded(source.text.slice(from, to)),
    span: spanOf(source, { from, to }),
    ...{ rule, medium },
  }))
}
