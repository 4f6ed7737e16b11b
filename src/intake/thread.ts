import { readStory, type StoryOptions } from './story.ts'

/** The program of a thread: a long text takes its time, and nobody else should wait for it. */
export default function read({ text, options }: { text: string; options: StoryOptions }) {
  return readStory(text, options)
}
