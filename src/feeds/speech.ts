import { type Markup, markup } from './markup.ts'

/** How a page speaks: the language of the story for dates and direction, English for its own few words. */
export interface Speech {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** Attributes for an element whose words are the page's own. */
  readonly inEnglish: Markup | null
  /** An instant (RFC 3339) in words, in UTC. */
  readonly instantOf: (instant: string) => string
  /** A day, month or year (ISO 8601) in words. */
  readonly dayOf: (day: string) => string
}

const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']

/** @param language BCP 47; null where nobody has said */
export function speechOf(language: string | null): Speech {
  const tag = language ?? 'en'
  const locales = tag === 'en' ? ['en-GB'] : [tag, 'en-GB']
  const format = (text: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, { timeZone: 'UTC', calendar: 'gregory', ...options }).format(
      new Date(text),
    )
  const isEnglish = /^en\b/.test(tag)
  return {
    language: tag,
    direction: RIGHT_TO_LEFT.includes(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr',
    inEnglish: isEnglish ? null : markup` lang="en"`,
    instantOf: (instant) => `${format(instant, { dateStyle: 'long', timeStyle: 'short' })} UTC`,
    dayOf: (day) => format(day, { year: 'numeric', ...lengths[day.length] }),
  }
}

/** What is known of a date, by the length of its text. */
const lengths: Readonly<Record<number, Intl.DateTimeFormatOptions>> = {
  7: { month: 'long' },
  10: { month: 'long', day: 'numeric' },
}
