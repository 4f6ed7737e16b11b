import type { Anchor } from './anchor.ts'
import type { Intake, IntakeQuote } from './intake.ts'
import type { Span } from './source.ts'

/** A quotation in a body, with the likely speaker as an index of `story.people`. */
export interface Uncovered {
  readonly text: string
  readonly parts: readonly (Span & { readonly exact: string })[]
  readonly speaker: number | null
  readonly candidates: readonly number[]
  readonly confidence: IntakeQuote['confidence']
  readonly rule: string
}

/**
 * The quotations in an article that no quote is tied to, not even in part.
 *
 * @param intake what was read out of the headline, an empty line and the body
 * @param anchors of the quotes that there are
 */
export function uncovered(
  { story }: Intake,
  { headline, body, anchors }: { headline: string; body: string; anchors: readonly Anchor[] },
): Uncovered[] {
  const points = [...body]
  const places = placesIn(points)
  const before = [...headline].length + 2
  const taken = anchors.flatMap(({ parts }) => parts)
  return story.quotes.flatMap(({ text, parts, speaker, suggestion, candidates, confidence, rule }) => {
    const spans = parts.map((part) => moved(part, before, places))
    if (spans.some((span) => taken.some((other) => span.start < other.end && other.start < span.end)))
      return []
    const who = speaker ?? suggestion?.person ?? null
    const cut = ({ start, end }: Span) => ({ exact: points.slice(start, end).join(''), start, end })
    const by = speaker === null && suggestion ? suggestion.rule : rule
    return [{ text, parts: spans.map(cut), speaker: who, candidates, confidence, rule: by }]
  })
}

/** Where each code point of what was read stands in the body, in which a line may end in two. */
function placesIn(points: readonly string[]): number[] {
  return [...points.keys(), points.length].filter(
    (index) => !(points[index] === '\n' && points[index - 1] === '\r'),
  )
}

function moved({ start, end }: Span, before: number, places: readonly number[]): Span {
  const at = (index: number) => places[Math.max(0, index - before)] ?? places.length
  return { start: at(start), end: at(end) }
}
