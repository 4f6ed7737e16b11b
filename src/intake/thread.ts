import { type Anchor, anchorsIn } from './anchor.ts'
import type { Intake } from './intake.ts'
import { MOST_QUOTES } from './limits.ts'
import { readStory, type StoryOptions } from './story.ts'

/** What a thread gives back: the story, and where in its body the words of its quotes stand. */
export interface ReadStory {
  readonly intake: Intake
  /** Of the first quotes, as many as an article may have. */
  readonly anchors: readonly Anchor[]
}

/** The program of a thread: a long text takes its time, and nobody else should wait for it. */
export default function read({ text, options }: { text: string; options: StoryOptions }): ReadStory {
  const intake = readStory(text, options)
  const { body, quotes } = intake.story
  const find = anchorsIn(body)
  return { intake, anchors: quotes.slice(0, MOST_QUOTES).map((quote) => find(quote.text)) }
}
