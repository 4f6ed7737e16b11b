import type { Content } from '../documents/definition.ts'
import { slugify } from '../documents/slugs.ts'
import type { Intake, IntakePerson } from '../intake/intake.ts'
import { aliasesOf } from '../intake/nicknames.ts'

/** The ids of people who are known already, by their places in `story.people`. */
export type Known = ReadonlyMap<number, string>

/**
 * The body of the request that says what was read. Who is not known is made only where it is certain that
 * there is such a person; all others are only suggested.
 *
 * @param source the name or the address of where the text was published first
 */
export async function storyBody(
  { story }: Intake,
  source: string | undefined,
  known: Known = new Map(),
): Promise<Content> {
  const { quotes, people, relatedLinks, publishedAt: _, ...own } = story
  const isMade = (index: number) => !known.has(index) && people[index]?.confidence === 'high'
  const personAt = (index: number) => known.get(index) ?? (isMade(index) ? inline(people[index]) : undefined)
  const speakerAt = async (index: number) =>
    known.get(index) ?? (isMade(index) ? await slugify(people[index]?.name ?? '') : undefined)
  return {
    ...own,
    source: source === undefined ? null : sourceOf(source),
    people: people.flatMap(({ as }, index) => {
      const person = personAt(index)
      return person === undefined ? [] : [{ person, as }]
    }),
    quotes: await Promise.all(
      quotes.map(async ({ text, speaker }) => ({
        text,
        speaker: (speaker === null ? undefined : await speakerAt(speaker)) ?? null,
        role: speaker === null ? null : (people[speaker]?.role ?? null),
      })),
    ),
    relatedLinks: relatedLinks.map(({ span: _, ...link }) => link),
  }
}

function inline(person: IntakePerson | undefined): object {
  const { name = '', role = null, affiliation = null, country = null } = person ?? {}
  return { name, role, affiliation, country, aliases: aliasesOf(name) }
}

function sourceOf(given: string): object {
  const url = /^https?:\/\//i.test(given) && URL.canParse(given) ? new URL(given) : undefined
  return url
    ? { name: url.hostname.replace(/^www\./, '').slice(-200), url: given }
    : { name: given, url: null }
}
