import { readFile } from 'node:fs/promises'
import t from 'tap'
import { content } from '../../src/content/index.ts'
import { seed, seedIfNew } from '../../src/content/seed.ts'
import { STORY, start } from '../support/dateline.ts'

const WHOLE = `/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people`
const LAVROV = 'Sergey Lavrov'
const PARTNERSHIP = 'Such a partnership has a strategic nature in many areas.'
const DISAGREEMENT =
  'We do not agree with the position voiced by Turkey that was also expressed several times by [Azeri] President Aliyev… It is not a secret that we cannot agree with a statement that a military solution to the conflict is permissible.'

/** Who, what, where and when the source tells of, as they have to stand in the body. */
const facts = [
  /Russian Foreign Minister Sergey Lavrov/,
  /Turkey is a close partner/,
  /strategic ally/,
  /Middle East/,
  /Russian radio stations on (Wednesday|14 October)/,
  /Turkish news outlet BirGün/,
  /interview/,
  /over the years/,
  /Azerbaijan/,
  /Armenia\b/,
  /President Aliyev/,
  /lately|recently/,
  /Ankara/,
  /Moscow/,
  /Syria\b/,
  /Assad regime/,
  /Syrian opposition/,
  /Libya/,
  /Government of National Accord in Tripoli/,
  /UN.recognised|the UN recognises/,
  /Khalifa Haftar/,
  /field marshal/i,
  /renegade/,
  /\beast of the country|in the east/,
  /southern Caucasus/,
  /Armenian forces that occupy/,
  /internationally.recognised|recognised internationally/,
  /Azeri\b/,
  /Nagorno-Karabakh/,
  /ceasefires/,
  /political deals/,
  /Russian and Turkish (forces|troops)/,
  /directly/,
  /proxies/,
  /influence in the region|regional influence/,
]

t.test('the seeded story comes whole in one answer', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { status, headers, body } = await dateline.get(WHOLE)
  t.equal(status, 200)
  t.match(headers.etag, /^"1-[\w-]{22}"$/)
  t.equal(headers['cache-control'], 'public, max-age=5')
  t.strictSame(named(body), await story())
})

t.test('every fact, name and place of the source is in the body', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { body } = await dateline.get(`/v1/articles/${STORY}`)
  for (const fact of facts) t.match(body.body, fact)
})

t.test('both quotations stand in the body word for word', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { body } = await dateline.get(`/v1/articles/${STORY}`)
  t.ok(body.body.includes('“Such a partnership,” he added, “has a strategic nature in many areas.”'))
  t.ok(body.body.includes(`“${DISAGREEMENT}”`))
})

t.test('the story is readable from its instant on, with its quotes, links and people', async (t) => {
  const dateline = await start(t, { seeded: true })
  const now = await dateline.get(WHOLE)
  const before = await dateline.get(`${WHOLE}&at=2020-10-15T14:06:59Z`)
  const then = await dateline.get(`${WHOLE}&at=2020-10-15T14:07:00Z`)
  t.equal(before.status, 404)
  t.equal(before.body.type, '/problems/not_found')
  t.equal(then.status, 200)
  t.strictSame(then.body, now.body)
  t.equal((await dateline.get(`/v1/articles/${STORY}?at=2020-10-15T14:06:59.999Z`)).status, 404)
})

t.test('what is seeded is listed: one article, three people, two quotes and two links', async (t) => {
  const dateline = await start(t, { seeded: true })
  const names = async (url: string, field: string) =>
    (await dateline.get(url)).body.data.map((each: Record<string, unknown>) => each[field])
  t.strictSame(await names('/v1/articles', 'slug'), [STORY])
  t.strictSame((await names('/v1/people', 'slug')).sort(), [
    'ilham-aliyev',
    'khalifa-haftar',
    'sergey-lavrov',
  ])
  t.strictSame(await names(`/v1/articles/${STORY}/quotes`, 'text'), [PARTNERSHIP, DISAGREEMENT])
  t.strictSame(await names(`/v1/articles/${STORY}/related-links`, 'kind'), ['opinion', 'read'])
  t.strictSame((await names('/v1/people/sergey-lavrov/quotes', 'text')).sort(), [PARTNERSHIP, DISAGREEMENT])
  t.strictSame(await names('/v1/people/khalifa-haftar/quotes', 'text'), [])
  for (const slug of ['ilham-aliyev', 'khalifa-haftar', 'sergey-lavrov'])
    t.strictSame(await names(`/v1/people/${slug}/articles`, 'slug'), [STORY])
})

t.test('seeding twice changes nothing', async (t) => {
  const dateline = await start(t, { seeded: true })
  const everything = () =>
    dateline.storage.read(async ({ db }) => ({
      clock: await db.selectFrom('clock').selectAll().execute(),
      documents: await db.selectFrom('documents').selectAll().orderBy('id').execute(),
      slugs: await db.selectFrom('slugs').selectAll().orderBy('slug').execute(),
      versions: await Promise.all(
        content.map(({ table }) => db.selectFrom(table).selectAll().orderBy('document_id').execute()),
      ),
    }))
  const before = await everything()
  const answer = await dateline.get(WHOLE)
  t.equal(await seed(dateline.storage), 0)
  t.equal(await seedIfNew(dateline.storage), false)
  t.strictSame(await everything(), before)
  const again = await dateline.get(WHOLE)
  t.equal(again.headers.etag, answer.headers.etag)
  t.equal(again.text, answer.text)
})

t.test('a database that has anything is not seeded on its own', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/people', { name: 'Anna Seghers' })
  t.equal(await seedIfNew(dateline.storage), false)
  t.equal((await dateline.get(`/v1/articles/${STORY}`)).status, 404)
})

/** The body with `person-1`, `person-2` … for the ids, in the order in which they appear. */
function named(body: unknown): unknown {
  const names = new Map<string, string>()
  const counts: Record<string, number> = {}
  const text = JSON.stringify(body).replace(
    /"(article|quote|person|link)_[0-9a-z]{26}"/g,
    (id, type: string) => {
      if (!names.has(id)) {
        counts[type] = (counts[type] ?? 0) + 1
        names.set(id, `"${type}-${counts[type]}"`)
      }
      return names.get(id) ?? id
    },
  )
  return JSON.parse(text)
}

const seeded = {
  version: 1,
  status: 'live',
  createdAt: '2026-01-01T00:00:00.001Z',
  publishedAt: '2020-10-15T14:07:00.000Z',
  updatedAt: '2020-10-15T14:07:00.000Z',
}

async function story() {
  const file = new URL(`../../seed/articles/${STORY}/body.md`, import.meta.url)
  const lavrov = person(1, 'sergey-lavrov', {
    name: LAVROV,
    role: 'Foreign minister',
    affiliation: 'Government of Russia',
    country: 'RU',
  })
  const aliyev = person(2, 'ilham-aliyev', {
    name: 'Ilham Aliyev',
    role: 'President',
    affiliation: 'Azerbaijan',
    country: 'AZ',
  })
  const haftar = person(3, 'khalifa-haftar', {
    name: 'Khalifa Haftar',
    role: 'Field marshal',
    affiliation: null,
    country: 'LY',
  })
  return {
    id: 'article-1',
    type: 'article',
    slug: STORY,
    ...seeded,
    headline: 'Russia never considered Turkey as a strategic ally, says Lavrov',
    kind: 'news',
    standfirst:
      "Moscow's foreign minister calls Ankara a close partner, and names the conflicts in which the two stand on opposite sides.",
    body: (await readFile(file, 'utf8')).trimEnd(),
    language: 'en',
    place: null,
    byline: null,
    source: null,
    image: {
      url: null,
      caption: 'Foreign Minister Sergey Lavrov in Moscow, Russian on September 28, 2020',
      credit: 'RUS Foreign Ministry Press Office/Anadolu Agency',
    },
    tags: ['russia', 'turkey', 'middle-east', 'nagorno-karabakh', 'syria', 'libya'],
    canonicalUrl: null,
    people: [
      { personId: 'person-1', as: 'subject', person: lavrov },
      { personId: 'person-2', as: 'mentioned', person: aliyev },
      { personId: 'person-3', as: 'mentioned', person: haftar },
    ],
    wordCount: 278,
    corrections: [],
    quotes: [
      quote(1, lavrov, {
        text: PARTNERSHIP,
        saidOn: '2020-10-14',
        setting: 'Interview with Russian radio stations',
        via: 'BirGün',
        anchor: exactly(
          {
            exact: 'Such a partnership',
            prefix: 'BirGün reported the interview. “',
            suffix: ',” he added, “has a strategic na',
            start: 331,
            end: 349,
          },
          {
            exact: 'has a strategic nature in many areas.',
            prefix: 'Such a partnership,” he added, “',
            suffix: '”\n\nLavrov conceded that over the',
            start: 363,
            end: 400,
          },
        ),
      }),
      quote(2, lavrov, {
        text: DISAGREEMENT,
        saidOn: null,
        setting: null,
        via: null,
        anchor: exactly({
          exact: DISAGREEMENT,
          prefix: 'h has lately flared up again.\n\n“',
          suffix: '”\n\nMoscow and Ankara face each o',
          start: 644,
          end: 875,
        }),
      }),
    ],
    relatedLinks: [
      link(1, 'opinion', 'Through numerous battlefields, everyone is trying to break Turkey'),
      link(2, 'read', 'Turkey asks Russia to press Armenia to abide by truce'),
    ],
  }
}

function person(number: number, slug: string, content: object) {
  const id = `person-${number}`
  return {
    id,
    type: 'person',
    slug,
    ...seeded,
    aliases: [],
    ...content,
    description: null,
    sameAs: [],
    image: null,
  }
}

function quote(position: number, speaker: { id: string }, content: object) {
  return {
    id: `quote-${position}`,
    type: 'quote',
    ...seeded,
    articleId: 'article-1',
    position,
    speakerId: speaker.id,
    ...content,
    role: 'Foreign minister of Russia',
    original: null,
    speaker,
  }
}

function exactly(...parts: object[]) {
  return { state: 'exact', parts }
}

function link(position: number, kind: string, title: string) {
  return {
    id: `link-${position}`,
    type: 'link',
    ...seeded,
    articleId: 'article-1',
    kind,
    title,
    url: null,
    targetArticleId: null,
    position,
  }
}
