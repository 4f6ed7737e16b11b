import { readdirSync, readFileSync } from 'node:fs'
import type { Intake } from '../../src/intake/story.ts'

/**
 * A story with its quotes marked by hand: above a line `---` the number of each quote and who speaks (`-` for
 * somebody without a name), below it the text, in which `⟦1:` and `⟧` stand around the words of quote 1.
 */
export interface Annotated {
  readonly name: string
  readonly text: string
  /** By the place of the words, `start-end` in code points. */
  readonly spans: ReadonlyMap<string, string | null>
}

export type Half = 'development' | 'held-out'

export function annotatedArticles(half: Half): Annotated[] {
  const folder = new URL(`articles/${half}/`, import.meta.url)
  return readdirSync(folder)
    .sort()
    .map((file) => readAnnotated(file.replace('.txt', ''), readFileSync(new URL(file, folder), 'utf8')))
}

export function readAnnotated(name: string, source: string): Annotated {
  const at = source.indexOf('---\n')
  const speakers = new Map(
    source
      .slice(0, at)
      .trim()
      .split('\n')
      .map((line): [string, string | null] => {
        const [number = '', ...words] = line.split(' ')
        return [number, words[0] === '-' ? null : words.join(' ')]
      }),
  )
  const spans = new Map<string, string | null>()
  let text = ''
  let length = 0
  let open: { start: number; number: string } | null = null
  for (const piece of source.slice(at + 4).split(/(⟦\d+:|⟧)/)) {
    if (piece.startsWith('⟦')) open = { start: length, number: piece.slice(1, -1) }
    else if (piece === '⟧' && open) spans.set(`${open.start}-${length}`, speakers.get(open.number) ?? null)
    else {
      text += piece
      length += [...piece].length
    }
  }
  return { name, text, spans }
}

export interface Scores {
  /** F1, in per cent, of the spans, and of the spans whose speaker is right as well. */
  readonly spans: number
  readonly speakers: number
  /** How many of those of which the intake is sure are right, in per cent, and how many they are. */
  readonly high: number
  readonly sure: number
}

interface Counts {
  found: number
  known: number
  right: number
  attributed: number
  spoken: number
  rightSpeaker: number
  sure: number
  rightSure: number
}

/** @param read the intake of each article's text */
export function score(
  articles: readonly Annotated[],
  read: (text: string) => Intake,
  tell: (line: string) => void = () => {},
): Scores {
  const counts: Counts = {
    ...{ found: 0, known: 0, right: 0, attributed: 0, spoken: 0, rightSpeaker: 0, sure: 0, rightSure: 0 },
  }
  for (const article of articles) count(article, read(article.text), counts, tell)
  return {
    spans: f1(counts.right, counts.found, counts.known),
    speakers: f1(counts.rightSpeaker, counts.attributed, counts.spoken),
    high: round((100 * counts.rightSure) / counts.sure),
    sure: counts.sure,
  }
}

function count(
  { name, text, spans }: Annotated,
  { story }: Intake,
  counts: Counts,
  tell: (line: string) => void,
) {
  const points = [...text]
  const missed = new Map(spans)
  for (const { parts, speaker, confidence, rule } of story.quotes)
    for (const { start, end } of parts) {
      const key = `${start}-${end}`
      const who = speaker === null ? null : (story.people[speaker]?.name ?? null)
      const isRight = spans.has(key)
      const isHis = isRight && who !== null && who === spans.get(key)
      missed.delete(key)
      counts.found += 1
      counts.right += Number(isRight)
      counts.attributed += Number(who !== null)
      counts.rightSpeaker += Number(isHis)
      counts.sure += Number(confidence === 'high')
      counts.rightSure += Number(confidence === 'high' && isHis)
      if (!isRight || who !== spans.get(key))
        tell(
          `${name}: ${points.slice(start, end).join('')} | ${who}, ${rule}; not ${isRight ? spans.get(key) : 'a quote'}`,
        )
    }
  for (const [key, who] of missed) {
    const [start, end] = key.split('-').map(Number)
    tell(`${name}: missed ${points.slice(start, end).join('')} | ${who}`)
  }
  counts.known += spans.size
  counts.spoken += [...spans.values()].filter((who) => who !== null).length
}

function f1(right: number, found: number, known: number): number {
  return round((200 * right) / (found + known))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
