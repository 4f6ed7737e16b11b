import { type Anchor, anchorsIn } from './anchor.ts'
import type { Intake } from './intake.ts'
import { bounded } from './limits.ts'
import { readStory, type StoryOptions } from './story.ts'

/** What a thread gives back: the story, and where in its body the words of its quotes stand. */
export interface ReadStory {
  readonly intake: Intake
  readonly anchors: readonly Anchor[]
}

/** The program of a thread: a long text takes its time, and nobody else should wait for it. */
export default function read({ text, options }: { text: string; options: StoryOptions }): ReadStory {
  const intake = bounded(readStory(text, options))
  const { body, quotes } = intake.story
  const find = anchorsIn(body)
  return { intake, anchors: quotes.map((quote) => find(quote.text)) }
}
