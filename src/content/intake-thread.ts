import { fileURLToPath } from 'node:url'
import type { Piscina } from 'piscina'
import { DatelineError } from '../errors.ts'
import type { Intake } from '../intake/intake.ts'
import type { StoryOptions } from '../intake/story.ts'
import type { ReadStory } from '../intake/thread.ts'
import { rememberAnchors } from './anchor.ts'

/** Milliseconds, and texts that wait for their turn: a megabyte takes a second or two. */
const PATIENCE = 15_000
const MOST_WAITING = 16

/** One thread: reading stories takes no more than one of the machine's cores. It ends when it has nothing to do. */
let pool: Promise<Piscina<unknown, ReadStory>> | undefined

async function makePool(): Promise<Piscina<unknown, ReadStory>> {
  const { Piscina } = await import('piscina')
  return new Piscina({
    filename: fileURLToPath(new URL('../intake/thread.ts', import.meta.url)),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
    maxQueue: MOST_WAITING,
  })
}

/**
 * Reads a story off the event loop. Where its quotes stand is found there as well, and remembered for the write.
 *
 * @throws DatelineError `unavailable` when too many texts wait, or when one takes too long
 */
export async function readInThread(text: string, options: StoryOptions): Promise<Intake> {
  pool ??= makePool()
  try {
    const { intake, anchors } = await (await pool).run(
      { text, options },
      { signal: AbortSignal.timeout(PATIENCE) },
    )
    rememberAnchors(intake.story, anchors)
    return intake
  } catch (cause) {
    const isBusy = cause instanceof Error && /queue|abort|timeout/i.test(`${cause.name} ${cause.message}`)
    if (!isBusy) throw cause
    throw new DatelineError('unavailable', 'Too many long texts are being read. Send this one again later.', {
      cause,
    })
  }
}
