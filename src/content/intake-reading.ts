import type { ContentType } from '../documents/content-type.ts'
import type { Content } from '../documents/definition.ts'
import type { Edit } from '../documents/edit.ts'
import { type Done, operations } from '../documents/operations.ts'
import type { Publication } from '../documents/publication.ts'
import { DatelineError } from '../errors.ts'
import type { Caller } from '../http/auth.ts'
import { InvalidInput } from '../http/validation.ts'
import type { Intake } from '../intake/intake.ts'
import { bounded } from '../intake/limits.ts'
import type { WriteTrx } from '../storage/transaction.ts'
import { type Known, storyBody } from './intake-story.ts'
import { knownPerson } from './known-people.ts'
import { tellOfSame } from './pasted-before.ts'

/** What was read out of a text, and the text as it was sent. */
export interface Reading {
  readonly intake: Intake
  readonly bytes: Buffer
  readonly mediaType: string
}

/** @throws DatelineError `empty_text` */
export function readingOf(intake: Intake, bytes: Buffer, mediaType: string): Reading {
  if (intake.story.headline !== '') return { intake: bounded(intake), bytes, mediaType }
  const detail = 'There is nothing to read in the text. Send the words of a story.'
  throw new DatelineError('empty_text', detail, { items: [{ pointer: '', code: 'too_short', detail }] })
}

/** What is said of a text beside it. */
export interface Said {
  readonly publish?: Publication | undefined
  /** The name or the address of where it was published first. */
  readonly source?: string | undefined
  /** Made from the headline where absent. */
  readonly slug?: string | undefined
}

/**
 * Makes the article that was read, and keeps the text that it was made from.
 *
 * @returns with whether the person at a place of `story.people` is among the article's
 * @throws DatelineError as `operations.create` does
 */
export async function saveReading(
  trx: WriteTrx,
  type: ContentType,
  reading: Reading,
  { publish, source, slug }: Said,
  edit: Edit,
  caller: Caller,
): Promise<{ done: Done; isSaved: (index: number) => boolean }> {
  const { intake, bytes, mediaType } = reading
  if (slug === undefined) edit.notices.push(...(await tellOfSame(trx, type, reading)))
  const known = await peopleKnown(trx, intake)
  const story = await storyBody(intake, source, known)
  const body = checked(type, { ...story, ...(slug === undefined ? {} : { slug }) })
  const publication = publicationOf(publish, intake, trx.now)
  const done = await operations.create(trx, { type, body, publish: publication }, edit, caller)
  await trx.db
    .insertInto('sources')
    .values({ document_id: done.id, version: 1, media_type: mediaType, text: bytes.toString('base64') })
    .execute()
  const isSaved = (index: number) => known.has(index) || intake.story.people[index]?.confidence === 'high'
  return { done, isSaved }
}

function checked(type: ContentType, body: Content): Content {
  const { data, error } = type.schemas.whole.safeParse(body, { reportInput: true })
  if (error) throw new InvalidInput('body', error).toDatelineError()
  return data
}

async function peopleKnown(trx: WriteTrx, { story }: Intake): Promise<Known> {
  const known = new Map<number, string>()
  for (const [index, { name }] of story.people.entries()) {
    const id = await knownPerson(trx, name)
    if (id) known.set(index, id)
  }
  return known
}

/** A story that goes live at once keeps the date that it has in its text. */
function publicationOf(
  publish: Publication | undefined,
  { story }: Intake,
  now: number,
): Publication | undefined {
  const dated = story.publishedAt === null ? Number.NaN : Date.parse(story.publishedAt)
  return publish === 'now' && dated < now ? dated : publish
}
