import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Content, Telling } from '../documents/definition.ts'
import { type Anchor, anchorsIn } from '../intake/anchor.ts'

const part = z
  .object({
    exact: z.string().meta({ description: 'What stands there, with its Markdown.' }),
    prefix: z.string().meta({ description: 'Up to 32 characters before it.' }),
    suffix: z.string().meta({ description: 'Up to 32 characters behind it.' }),
    start: z.int().min(0).meta({ description: 'In Unicode code points of `body`, from 0.' }),
    end: z.int().min(1).meta({ description: 'Likewise; the first that is not of it.' }),
  })
  .meta({
    id: 'AnchorPart',
    description: 'A TextQuoteSelector and a TextPositionSelector of the W3C Web Annotation Data Model.',
  })

/** Where the words of a quote stand in the body of its article. */
export const anchor = z
  .object({
    state: z.enum(['exact', 'moved', 'lost']).meta({
      description:
        '`exact`: the words stand there as they are quoted; `moved`: words that are close to them do; `lost`: none.',
    }),
    parts: z.array(part).meta({
      description: 'One; several where the article interrupts the words; none of what is lost.',
    }),
  })
  .meta({
    id: 'Anchor',
    description:
      'Where the words stand in the `body` of the article, in the version that the same read sees.',
  })

/** Finds quotes in a body. Whatever versions have these words, what was found is remembered. */
export function anchorsOf(body: string): (text: string) => unknown {
  let known = knownIn(body)
  let find: ((text: string) => Anchor) | undefined
  return (text) => {
    const anchor = known.found.get(text)
    if (anchor) return anchor
    find ??= anchorsIn(body)
    const found = find(text)
    known = keep(body, known, [[text, found]])
    return found
  }
}

/** What was found elsewhere need not be found again. */
export function rememberAnchors(
  { body, quotes }: { body: string; quotes: readonly { text: string }[] },
  anchors: readonly Anchor[],
): void {
  const pairs = anchors.map((anchor, index): [string, Anchor] => [quotes[index]?.text ?? '', anchor])
  keep(body, knownIn(body), pairs)
}

/** The anchors of quotes in a body, by the words of the quotes. */
interface Known {
  readonly found: Map<string, Anchor>
  /** With the body, in characters. */
  readonly size: number
}

/** By body; the one that was not asked for longest is forgotten first. */
const remembered = new LRUCache<string, Known>({
  maxSize: 4_000_000, // an article of the usual length has 3,000 characters with its anchors
  sizeCalculation: ({ size }) => size,
})

function knownIn(body: string): Known {
  return remembered.get(body) ?? { found: new Map(), size: 1 + body.length }
}

function keep(body: string, { found, size }: Known, anchors: readonly [string, Anchor][]): Known {
  for (const [text, anchor] of anchors) found.set(text, anchor)
  const more = anchors.reduce((sum, [text]) => sum + 2 * text.length + OF_ANCHOR, 0)
  const known = { found, size: size + more } // another one, as the size of the same is not looked at again
  remembered.set(body, known)
  return known
}

/** About as much as an anchor has besides its words. */
const OF_ANCHOR = 200

/** How far a quote is from standing in the body. */
export function harmOf(value: unknown): number {
  const state = stateOf(value)
  return state ? harms[state] : 0
}

/** Where there is no body yet, no new quote is missed in it. */
export function tellOfAnchor(value: unknown, { body }: Content, isNew: boolean): Telling | undefined {
  const state = stateOf(value)
  return state === undefined || (isNew && body === '') ? undefined : tellings[state]
}

function stateOf(value: unknown): Anchor['state'] | undefined {
  return (value as Anchor | null | undefined)?.state // it comes from `anchorsIn`
}

const harms = { exact: 0, moved: 1, lost: 2 }

const tellings: Readonly<Record<Anchor['state'], Telling | undefined>> = {
  exact: undefined,
  moved: {
    code: 'quotes_moved',
    detail:
      'The words of these quotes are in the body nearly, and not as they are quoted: compare their anchors.',
    isLoss: false,
  },
  lost: {
    code: 'quotes_lost',
    detail: 'The words of these quotes are not in the body.',
    isLoss: true,
  },
}
