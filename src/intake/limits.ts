import { type Intake, type IntakeQuote, warningDetails } from './intake.ts'

/** As many as an article may have. */
export const MOST_QUOTES = 1_000
const MOST_PEOPLE = 200

/** A story with the first of its quotes and people, where it has more of them than an article may have. */
export function bounded(intake: Intake): Intake {
  const { story, warnings } = intake
  if (story.quotes.length <= MOST_QUOTES && story.people.length <= MOST_PEOPLE) return intake
  const people = story.people.slice(0, MOST_PEOPLE)
  const quotes = story.quotes.slice(0, MOST_QUOTES).map((quote) => amongThem(quote, people.length))
  const told = { code: 'too_many', detail: warningDetails.too_many, span: null } as const
  return { ...intake, story: { ...story, quotes, people }, warnings: [...warnings, told] }
}

function amongThem(quote: IntakeQuote, people: number): IntakeQuote {
  const { speaker, suggestion, candidates } = quote
  return {
    ...quote,
    speaker: speaker !== null && speaker < people ? speaker : null,
    suggestion: suggestion && suggestion.person < people ? suggestion : null,
    candidates: candidates.filter((index) => index < people),
  }
}
