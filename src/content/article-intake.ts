import type { FastifyReply, FastifyRequest } from 'fastify'
import { commit, type Rules, sendOutcome, type WriteQuery, writerOf } from '../documents/commit.ts'
import type { ContentType } from '../documents/content-type.ts'
import { language, line } from '../documents/fields.ts'
import type { Intake as IntakeOfType } from '../documents/forms.ts'
import type { Publication } from '../documents/publication.ts'
import { outcomeOf, readWritten } from '../documents/written.ts'
import { parameter } from '../http/parameter.ts'
import { acceptable, type Sent } from '../http/reply.ts'
import { sentText, type TextBody } from '../http/text-body.ts'
import { annotated } from '../intake/annotated.ts'
import { MOST_QUOTES } from '../intake/limits.ts'
import type { Storage } from '../storage/open.ts'
import { intakeSchema, type Told, told } from './intake-answer.ts'
import { type Reading, readingOf, saveReading } from './intake-reading.ts'
import { storyBody } from './intake-story.ts'
import { readInThread } from './intake-thread.ts'
import { pastedText } from './pasted-text.ts'

interface Query extends WriteQuery {
  readonly publish?: Publication | undefined
  readonly source?: string | undefined
}

const include = 'quotes.speaker,relatedLinks,people'

/**
 * Paste the story, get the structure: `POST /v1/articles` with plain text or HTML.
 *
 * @param base the address of this server, for the lines that an editor types next
 */
export function articleIntake(base: (request: FastifyRequest) => string): IntakeOfType {
  return {
    ...takenAndTold,
    answer: (storage, rules, type, request, reply) =>
      answerIntake(storage, rules, type, request, reply, base(request)),
  }
}

const takenAndTold: Omit<IntakeOfType, 'answer'> = {
  texts: [textBody('text/plain', 'txt'), textBody('text/html', 'html')],
  parameters: {
    timezone: parameter(
      (text) => (isTimezone(text) ? text : undefined),
      'must be the name of a time zone such as Europe/London',
      {
        type: 'string',
        description: 'Of a pasted text: the zone of times that name none; absent: UTC, with a warning.',
        examples: ['Europe/London'],
      },
    ),
    language: parameter(
      (text) => language().safeParse(text).data,
      'must be a BCP 47 language tag such as en, tr or pt-BR',
      {
        type: 'string',
        description: 'Of a pasted text: its language; absent: as it is recognised.',
        examples: ['en'],
      },
    ),
    furniture: parameter((text) => linesOf(text), 'must have 1 to 200 characters for each line', {
      type: 'string',
      description:
        'Of a pasted text: lines of its site, such as a slogan, that are no part of any story. Several are separated by `|`.',
      examples: ['News from the coast'],
    }),
    source: parameter((text) => line(200).safeParse(text).data, 'must have 1 to 200 characters', {
      type: 'string',
      description: 'Of a pasted text: the name or the address of where it was published first.',
      examples: ['The Morning Post'],
    }),
  },
  told: { intake: intakeSchema.optional() },
  answers: ['text/plain'],
}

function textBody(mediaType: string, extension: string): TextBody {
  return {
    mediaType,
    extension,
    read: async (bytes, query) => {
      const { text, encoding } = pastedText(bytes)
      const { timezone, language, furniture } = query as Record<string, unknown> // what is wrong with them is told afterwards
      const intake = await readInThread(text, {
        ...(typeof timezone === 'string' && isTimezone(timezone) ? { timezone } : {}),
        ...(isLanguage(language) ? { language } : {}),
        ...(typeof furniture === 'string' ? { furniture: linesOf(furniture) ?? [] } : {}),
        mostQuotes: MOST_QUOTES,
      })
      const reading = readingOf(intake, bytes, `${mediaType}; charset=${encoding}`)
      return { content: await storyBody(reading.intake, undefined), reading }
    },
  }
}

async function answerIntake(
  storage: Storage,
  rules: Rules,
  type: ContentType,
  request: FastifyRequest,
  reply: FastifyReply,
  base: string,
): Promise<Sent> {
  const form = acceptable(request, ['application/json', 'text/plain']) ?? 'application/json' // as all writes
  const caller = writerOf(request)
  const { publish, source, dryRun = false } = request.query as Query // checked by the route's schema
  const { reading } = sentText(request) as { reading: Reading } // as `textBody` left it
  const asked = request as FastifyRequest<{ Querystring: Query }> // likewise
  const outcome = await commit(storage, rules, asked, async (trx, edit) => {
    const { done, isSaved } = await saveReading(trx, type, reading, { publish, source }, edit, caller)
    const written = await readWritten(trx, type, done, edit, { include })
    return outcomeOf(
      reply,
      type,
      { ...written, beside: { intake: told(reading.intake, written.document, isSaved) } },
      true,
    )
  })
  if (form === 'application/json') return sendOutcome(request, reply, outcome)
  const answer = JSON.parse(outcome.payload) as Told
  return sendOutcome(
    request,
    reply,
    { ...outcome, payload: annotated(answer, { base, isDry: dryRun }) },
    form,
  )
}

/** @returns undefined where one of them is empty or too long */
export function linesOf(text: string): string[] | undefined {
  const lines = text.split('|').map((each) => line(200).safeParse(each).data)
  return lines.includes(undefined) ? undefined : (lines as string[]) // as the line above says
}

export function isLanguage(given: unknown): given is string {
  return language().safeParse(given).success
}

/** A name that times can be read with. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
