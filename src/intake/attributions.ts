import { AUXILIARY, cueVerbs, invertible, PASSIVE } from './cues.ts'
import type { Mention } from './mentions.ts'
import { HIDDEN, sentenceAt } from './sentences.ts'
import type { Range } from './source.ts'

/** A verb of saying with its subject. The range covers both. */
export interface Attribution extends Range {
  readonly mention: Mention
  readonly cue: Range & { readonly word: string }
  readonly shape: Shape
  /** The subject is that of the verb before it. */
  readonly isCarried?: true
}

/**
 * How subject and verb stand: `name-cue` next to each other, `cue-name` turned round, `apposition` with a
 * phrase between commas, `according-to`, and `loose` with other words between them.
 */
export type Shape = 'name-cue' | 'cue-name' | 'apposition' | 'according-to' | 'loose'

/**
 * The attributions in a paragraph, in order.
 *
 * @param text with its quotations hidden
 */
export function attributionsIn(
  text: string,
  mentions: readonly Mention[],
  starts: readonly number[],
): Attribution[] {
  const found: Attribution[] = []
  let next = 0
  for (const match of text.matchAll(WORD)) {
    const word = match[0].toLowerCase()
    const cue = { from: match.index, to: match.index + word.length, word }
    while ((mentions[next]?.from ?? Infinity) < cue.from) next += 1
    const attribution = cueVerbs.has(word)
      ? subjectOf(text, cue, mentions, next, sentenceAt(starts, cue.from).from)
      : (accordingTo(text, cue, mentions, next) ?? so(text, cue, mentions, next))
    if (attribution) found.push(goesOn(text, attribution, found.at(-1)) ?? attribution)
  }
  return found
}

/** X called it “a shame”, adding: “It turns.” Such a participle has the subject of the verb before it. */
function goesOn(text: string, { cue, shape }: Attribution, last?: Attribution): Attribution | null {
  if (!last || !cue.word.endsWith('ing') || !/^[^.!?:;]*, $/.test(text.slice(last.cue.to, cue.from)))
    return null
  return { from: cue.from, to: cue.to, mention: last.mention, cue, shape, isCarried: true }
}

type Cue = Attribution['cue']

const WORD = /[a-zA-Z]+[\p{L}\p{M}]*|[\p{L}\p{M}]+/gu
/** In a statement read by the clerk; but not: he began by thanking us. */
const BY = /^ by (?!\p{Ll}+ing(?!\p{L}))/u
const NEAR = 8
const DIRECT = new RegExp(`^,? ?(?:\\([^()]{1,20}\\) )?(?:${AUXILIARY}(?: |$))*$`, 'u')
/** What stands between a quotation and its verb; « … », s’indigne X. */
const AFTER_QUOTE = new RegExp(`${HIDDEN}[,.;]? *(?:[–—-] *)?(?:${AUXILIARY} )*(?:se |s['’](?:est )?)?$`, 'u')
const BEFORE_SUBJECT =
  /^(?:(?:-t)?-|(?: \p{Ll}+ly| (?:lun|mar|mercre|jeu|vendre|same)di| dimanche| hier| gestern| am \p{L}+tag)?(?: (?:the|die|der|le|la))? (?:l['’])?)$/u
/** Said local resident X. */
const BEFORE_PERSON = /^(?: \p{Ll}[\p{L}'’-]*){0,4} (?:l['’])?$/u
const ENDS_APPOSITION = new RegExp(`, (?:${AUXILIARY} )*$`, 'u')

function subjectOf(
  text: string,
  cue: Cue,
  mentions: readonly Mention[],
  next: number,
  sentence: number,
): Attribution | null {
  const lead = text.slice(Math.max(sentence, cue.from - 60), cue.from)
  if ((PASSIVE.test(lead) && cue.word !== 'quoted') || BY.test(text.slice(cue.to, cue.to + 20))) return null
  const turned =
    invertible.has(cue.word) && (AFTER_QUOTE.test(lead) || lead.trim() === '')
      ? after(text, cue, mentions, next)
      : null
  return turned ?? before(text, cue, mentions, next, sentence) ?? unknown(text, cue, sentence)
}

/** “…” said X; also: said the mayor of Sarn, X. */
function after(text: string, cue: Cue, mentions: readonly Mention[], next: number): Attribution | null {
  const first = mentions[next]
  const lead = first && text.slice(cue.to, first.from)
  if (!first || lead === undefined || !(first.kind === 'person' ? BEFORE_PERSON : BEFORE_SUBJECT).test(lead))
    return null
  const mention = isSpeaker(first) ? null : apposed(text, mentions, next)
  if (mention) return { from: cue.from, to: mention.to, mention, cue, shape: 'apposition' }
  return { from: cue.from, to: first.to, mention: subject(first), cue, shape: 'cue-name' }
}

/** The mayor of Sarn, X: the name behind what stands at `next`. */
function apposed(text: string, mentions: readonly Mention[], next: number): Mention | null {
  const first = mentions[next]
  for (const mention of first ? mentions.slice(next + 1, next + NEAR) : []) {
    const gap = text.slice(first?.to, mention.from)
    if (gap.length > 90 || /[.;:!?\uE000]/.test(gap)) return null
    if (mention.kind === 'person' && /^(?:['’]s)?[^,]*(?:,[^,]*)?, $/.test(gap)) return mention
  }
  return null
}

/** X said; X, who runs Y, said; X of Y said. */
function before(
  text: string,
  cue: Cue,
  mentions: readonly Mention[],
  next: number,
  sentence: number,
): Attribution | null {
  const near = mentions.slice(Math.max(0, next - NEAR), next).filter(({ from }) => from >= sentence)
  const open = near.filter(({ to }) => !text.slice(to, cue.from).includes(HIDDEN))
  const nearest = open.at(-1)
  if (!nearest) return null
  const gap = text.slice(nearest.to, cue.from)
  const made = (mention: Mention, shape: Shape): Attribution => ({
    ...{ from: mention.from, to: cue.to, mention: subject(mention), cue, shape },
  })
  if (ENDS_APPOSITION.test(gap) || ENDS_APPOSITION.test(text.slice(Math.max(0, cue.from - 40), cue.from))) {
    const head = open.find((one) => isSpeaker(one) && /^(?:,| \()/.test(text.slice(one.to, one.to + 2)))
    if (head) return made(head, head === nearest && DIRECT.test(gap) ? 'name-cue' : 'apposition')
  }
  if (DIRECT.test(gap)) {
    const head = isComplement(text, nearest) ? headOf(text, open) : null
    return made(ownerOf(text, open) ?? together(text, open) ?? head ?? nearest, 'name-cue')
  }
  const first = open.find(({ kind }) => kind !== 'other') ?? nearest
  return gap.includes('. ') ? null : made(isSpeaker(first) ? first : nearest, 'loose')
}

function isSpeaker({ kind, isOwner }: Mention): boolean {
  return kind === 'person' && !isOwner
}

/** Holm’s spokeswoman is somebody, and not Holm. */
function subject(mention: Mention): Mention {
  return mention.isOwner ? { ...mention, kind: 'unknown', person: null, candidates: [] } : mention
}

/** Holm and Birch said: nobody alone. */
function together(text: string, open: readonly Mention[]): Mention | null {
  const [one, other] = open.slice(-2)
  if (!one || !other || one.person === null || other.person === null) return null
  if (!/^,? (?:and|und|et|ve) $/.test(text.slice(one.to, other.from))) return null
  return { ...other, from: one.from, person: null, candidates: [one.person, other.person] }
}

/** Lena Fors of Uppsala University said: the one before “of”, not the last named. */
function ownerOf(text: string, open: readonly Mention[]): Mention | null {
  const [owner, last] = open.slice(-2)
  if (!owner || !last || owner.kind !== 'person' || last.kind === 'person' || last.kind === 'pronoun')
    return null
  return /^ (?:of|from|at|for|in|with)(?: the)? $/.test(text.slice(owner.to, last.from)) ? owner : null
}

/** The office of the minister said; a spokesman for Carla Ruiz said: neither the minister nor Ruiz. */
function isComplement(text: string, { kind, from }: Mention): boolean {
  if (kind !== 'nominal' && kind !== 'person') return false
  return /(?:^|[^\p{L}])(?:of|for|de|du|von) (?:the )?$/u.test(text.slice(Math.max(0, from - 10), from))
}

/** What stands before the “of”: a spokesman, or somebody of whom nothing is known. */
function headOf(text: string, open: readonly Mention[]): Mention | null {
  const [last, head] = [open.at(-1), open.at(-2)]
  if (!last) return null
  const isNear = head && /^[^,;:]{0,40}$/.test(text.slice(head.to, last.from))
  if (isNear && (head.kind === 'nominal' || head.kind === 'person')) return head
  return { ...last, kind: 'unknown', person: null, candidates: [], noun: null }
}

/** “…,” a woman in the crowd said: somebody, and it is known that nobody can be named. */
function unknown(text: string, cue: Cue, sentence: number): Attribution | null {
  const lead = text.slice(Math.max(sentence, cue.from - 80), cue.from)
  const words =
    /\uE000[,.;]? *([^\uE000.;:!?]*)$/.exec(lead)?.[1] ??
    /^(?:An?|One|Another|Some) [^\uE000.;:!?]*$/.exec(lead)?.[0]
  if (words === undefined || /^(?:and|but|or|und|et|ve) (?:\p{Ll}+ly )?$/u.test(words)) return null
  const from = cue.from - words.length
  const mention: Mention = {
    ...{ from, to: words === '' ? cue.to : cue.from - 1, kind: 'unknown' },
    ...{ person: null, candidates: [], gender: null, noun: null },
  }
  return { from, to: cue.to, mention, cue, shape: 'name-cue' }
}

/** „…“, so X. */
function so(text: string, cue: Cue, mentions: readonly Mention[], next: number): Attribution | null {
  const mention = mentions[next]
  if (cue.word !== 'so' || (mention?.kind !== 'person' && mention?.kind !== 'nominal')) return null
  const isAlone =
    /^ (?:der |die )?$/.test(text.slice(cue.to, mention.from)) &&
    /^(?: weiter)?(?:[.,;]|$)/.test(text.slice(mention.to, mention.to + 8))
  if (!isAlone || !AFTER_QUOTE.test(text.slice(Math.max(0, cue.from - 8), cue.from))) return null
  return { from: cue.from, to: mention.to, mention, cue, shape: 'cue-name' }
}

const ACCORDING = /(?:[Aa]ccording|words|[Ss]elon|[Ll]aut|[Dd]['’]après|Pour)$/u

function accordingTo(text: string, cue: Cue, mentions: readonly Mention[], next: number): Attribution | null {
  if (!ACCORDING.test(text.slice(Math.max(0, cue.from - 2), cue.to))) return null
  const first = personalPronoun(text, cue.to) ?? mentions[next]
  if (!first || !/^(?: to| of)?(?: the)? $/.test(text.slice(cue.to, first.from))) return null
  const mention = first.kind === 'nominal' ? (apposed(text, mentions, next) ?? first) : first
  if (text.startsWith('Pour', cue.from) && mention.kind !== 'person') return null
  return { from: cue.from, to: mention.to, mention, cue, shape: 'according-to' }
}

/** According to her. Elsewhere “her” is mostly hers, and no subject. */
function personalPronoun(text: string, at: number): Mention | null {
  const match = /^(?: to)? (him|her)(?![\p{L}'’-])/u.exec(text.slice(at, at + 8))
  if (!match) return null
  const to = at + match[0].length
  return {
    ...{ from: to - 3, to, kind: 'pronoun', person: null, candidates: [], noun: null },
    gender: match[1] === 'him' ? 'he' : 'she',
  }
}
