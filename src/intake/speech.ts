import type { Place } from './places.ts'
import { HIDDEN, sentenceAt } from './sentences.ts'
import { isTitleCase, isWork } from './works.ts'

/** What a quotation is. Words in quotation marks that nobody is said to have spoken are not a quote. */
export type Nature =
  | { readonly kind: 'speech' | 'partial'; readonly medium: Medium | null }
  | { readonly kind: 'other'; readonly medium: Medium | null; readonly rule: string }

export type Medium = 'post' | 'letter' | 'statement' | 'sign' | 'lyric' | 'slogan'

/**
 * Tells speech from titles, signs, slogans and words that the writer keeps at a distance.
 *
 * @param isAttributed whether words beside it say who speaks
 * @param goesOn whether a quote in the same paragraph came before it
 * @param followsWork whether the quotation before it was a title
 */
export function natureOf(place: Place, isAttributed: boolean, goesOn: boolean, followsWork = false): Nature {
  const { before, after, paragraph, quotation } = place
  const { inner, isClosed } = quotation
  const words = paragraph.block.text.slice(inner.from, inner.to)
  if (inner.to - inner.from > LONGEST) return { kind: 'other', medium: null, rule: 'too-long' }
  const shown = shownOn(before, after)
  if (shown) return { kind: 'other', medium: shown, rule: 'shown' }
  const medium = mediumOf(before, after)
  if (medium === null && isWork(words, { before, after, isIntroduced: isIntroduced(place), followsWork }))
    return { kind: 'other', medium: null, rule: 'title' }
  const ends = /[.,!?…—–-]$/.test(words) || isSentence(words, before, after)
  const isWhole = /^[^\p{L}]*[\p{Lu}\p{N}\p{Lo}]/u.test(words)
  const count = words.split(/\s+/).length
  if ((NAMED.test(before.slice(-80)) || WORDED.test(before.slice(-100))) && !(isAttributed && ends))
    return { kind: 'other', medium: null, rule: 'named-so' }
  const isUnsure = place.firstAfter?.attribution.mention.kind === 'unknown'
  if (isUnsure && count > 1 && isTitleCase(words)) return { kind: 'other', medium: null, rule: 'title' }
  if (isAttributed && (ends || (isWhole && count > 3) || CLOSED_OFF.test(after) || medium === 'post'))
    return { kind: isWhole || ends ? 'speech' : 'partial', medium }
  if (isWhole && (ends || !isClosed) && count > 2) return { kind: 'speech', medium }
  if (isWhole && goesOn && /[.!?…]$/.test(words)) return { kind: 'speech', medium }
  if (isWhole && standsAlone(before, after)) return { kind: 'speech', medium }
  if (isTitleCase(words)) return { kind: 'other', medium: null, rule: 'title' }
  if (isAttributed || hasCue(place)) {
    const isScare = count <= 2 && DETERMINER.test(before.slice(-12)) && /^ \p{Ll}/u.test(after)
    if (!isScare) return { kind: isWhole && count > 4 ? 'speech' : 'partial', medium }
  }
  if (isWhole && count > 7) return { kind: 'speech', medium }
  return { kind: 'other', medium: null, rule: 'no-cue' }
}

/** „Das bleibt so“. The full stop that ends the words stands behind their mark. */
function isSentence(words: string, before: string, after: string): boolean {
  return /(?:^|[.!?:]) *$/.test(before) && /^ ?[.!?]/.test(after) && !isTitleCase(words)
}

/** What ends a quotation, or says it: “Evet” dedi. */
const CLOSED_OFF = /^\s*[,.]|^ (?:diye )?(?:dedi|diyen|said|says|sagte|dit)(?!\p{L})/u

/** No quotation in a story is as long; a mark without its partner makes one. */
const LONGEST = 8000

const NAMED =
  /(?:so-called|dubbed|known as|nicknamed|titled|entitled|named|(?:is|are|was|were|be|been|being|sometimes|often|what (?:he|she|they|it|we|some) (?:calls?|called)) called|the (?:word|words|term|phrase|title|nickname|song|single|album|track|ballad|film|movie|book|novel|play|poem|painting|show|series|programme|program|podcast|project|campaign|headline|documentary|essay|exhibition|hashtag|label|motto|slogan)|sogenannte[nrs]?|intitulée?s?|adlı),? (?:the |an? )?$/iu
/** Her motto, on every wall, is “…”. */
const WORDED =
  /\b(?:slogan|motto|title|name|headline|password|nickname|caption|subtitle)\b[^.]{0,60} (?:is|was|became|remains)(?: simply)? $/i
const SHOWN: readonly (readonly [RegExp, Medium])[] = [
  [
    /\b(?:placard|sign|banner|poster|graffiti|plaque|t-shirt|notice|sticker|label|inscription|billboard|tattoo|badge|pankart)s?\b[^.]{0,60}\b(?:reading|reads?|sa(?:id|ys|ying)|that read|with the words?|bearing|proclaim(?:ed|ing)|declar(?:ed|ing)|painted with|yazılı)\b[^.]{0,20}$/iu,
    'sign',
  ],
  [/\b(?:chant(?:ed|ing|s)?|slogans?|shouting)\b[^.]{0,25}$/iu, 'slogan'],
  [/\b(?:lyrics?|chorus|verse|refrain|sang|sings?|singing)\b[^.]{0,40}$/iu, 'lyric'],
]

function shownOn(before: string, after: string): Medium | null {
  const near = before.slice(-120)
  const known = SHOWN.find(([pattern]) => pattern.test(near))?.[1]
  if (known) return known
  if (
    /^,? (?:reads?|sa(?:id|ys)) (?:the|a|one|another) (?:\p{Ll}+ )?(?:placard|sign|banner|poster|sticker|notice|plaque)/u.test(
      after,
    )
  )
    return 'sign'
  return /^,? (?:goes|runs|went|ran|sings?|sang) (?:the|its|her|his) (?:\p{Ll}+ )?(?:lyric|chorus|refrain|song|line|verse)/u.test(
    after,
  )
    ? 'lyric'
    : null
}

const MEDIA: readonly (readonly [RegExp, Medium])[] = [
  [
    /\btweet(?:ed|s|ing)?\b|\bon (?:Twitter|X|Facebook|Instagram|Telegram|Bluesky|Mastodon|LinkedIn|TikTok|social media)\b|\b(?:social media|Facebook|Instagram) post\b|\bposted\b/,
    'post',
  ],
  [/\bin (?:a|the|his|her|their|an open) (?:\p{Ll}+ )?(?:letter|email|e-mail|memo|note)\b/u, 'letter'],
  [/\bin (?:a|the|his|her|their) (?:\p{Ll}+ )?(?:statement|press release)\b/u, 'statement'],
]

function mediumOf(before: string, after: string): Medium | null {
  const near = `${before.slice(-140).replace(/^.*[.!?] /, '')} ${after.slice(0, 140).replace(/[.!?] .*$/, '')}`
  return MEDIA.find(([pattern]) => pattern.test(near))?.[1] ?? null
}

/** Warned of “World War Three”; but not: said it was on page 4, in “The Long Tide”. */
function isIntroduced({ lastBefore, before, quotation: { outer } }: Place): boolean {
  const from = lastBefore?.attribution.cue.to ?? 0
  return lastBefore !== null && /^[^,;.]{0,40}$/.test(before.slice(from - outer.from))
}

const DETERMINER = /\b(?:the|a|an|this|that|these|those|its|their|his|her|of|in|for|such) $/i

function standsAlone(before: string, after: string): boolean {
  return before.trim() === '' && after.trim() === ''
}

/** A verb of saying in the same sentence. */
function hasCue({ nearby, paragraph: { starts, hidden }, quotation: { outer } }: Place): boolean {
  const { from, next } = sentenceAt(starts, outer.from)
  return nearby.some(
    ({ from: start, to, cue }) =>
      start >= from &&
      to <= next &&
      (cue.to <= outer.from || hidden.slice(outer.to, cue.from).replaceAll(HIDDEN, '').length < 80),
  )
}
