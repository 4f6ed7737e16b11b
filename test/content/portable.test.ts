import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { type Dateline, START, STORY, start } from '../support/dateline.ts'
import {
  assertRoundTrip,
  exportTo,
  filesIn,
  folderFor,
  importFrom,
  report,
  state,
} from './portable.folder.ts'

const LATEST = '?at=latest&include=quotes.speaker,relatedLinks,people'
const editor = { as: 'editor' } as const
const DAY = 86_400_000

t.test('the seeded story is exported as files that people can read', async (t) => {
  const dateline = await start(t, { seeded: true })
  const folder = await folderFor(t)
  t.strictSame(await exportTo(dateline, folder), { files: 4, written: 4, removed: 0, ahead: [] })
  const files = await filesIn(folder)
  t.strictSame(Object.keys(files), [
    '.dateline-export',
    `articles/${STORY}.md`,
    'people/ilham-aliyev.json',
    'people/khalifa-haftar.json',
    'people/sergey-lavrov.json',
  ])
  const { body: lavrov } = await dateline.get('/v1/people/sergey-lavrov')
  t.strictSame(JSON.parse(files['people/sergey-lavrov.json'] ?? ''), {
    id: lavrov.id,
    publish: '2020-10-15T14:07:00.000Z',
    slug: 'sergey-lavrov',
    name: 'Sergey Lavrov',
    role: 'Foreign minister',
    affiliation: 'Government of Russia',
    country: 'RU',
  })
  const { body: story } = await dateline.get(`/v1/articles/${STORY}`)
  const article = files[`articles/${STORY}.md`] ?? ''
  t.ok(article.startsWith(`---\nid: ${story.id}\npublish: 2020-10-15T14:07:00.000Z\nheadline: Russia never`))
  t.ok(article.endsWith(`---\n\n${story.body}\n`))
  t.notMatch(article, /^version:/m)
})

t.test('exporting again writes nothing, and importing into an empty database gives the same', async (t) => {
  const dateline = await start(t, { seeded: true })
  const folder = await folderFor(t)
  await exportTo(dateline, folder)
  t.strictSame(await exportTo(dateline, folder), { files: 4, written: 0, removed: 0, ahead: [] })
  const other = await assertRoundTrip(t, dateline)
  const whole = `/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people`
  const told = async (from: Dateline) =>
    JSON.parse((await from.get(whole)).text, (key, value) => (key === 'createdAt' ? '' : value))
  t.strictSame(await told(other), await told(dateline), 'with every id and every instant')
})

t.test('drafts, schedules, corrections and parts that wait come through as they are', async (t) => {
  const dateline = await start(t, { seeded: true })
  const future = new Date(START + DAY).toISOString()
  const later = new Date(START + 2 * DAY).toISOString()
  const quotes = [{ text: 'A b c.' }, { text: 'D e f.', position: 7 }]
  await dateline.post('/v1/articles', { headline: 'A draft', body: 'A b c.', quotes })
  await dateline.post(`/v1/articles?publish=${future}`, { headline: 'Scheduled', quotes })
  await dateline.post('/v1/people?publish=no', { name: 'Draft Person' })
  await dateline.post(`/v1/people?publish=${future}`, { name: 'Scheduled Person', aliases: ['S. P.'] })
  await dateline.post('/v1/articles?publish=now', { headline: 'Live', quotes })
  await dateline.post('/v1/quotes?publish=no', { articleId: 'live', text: 'Not yet.' })
  await dateline.post(`/v1/quotes?publish=${later}`, { articleId: 'live', text: 'Later.' })
  await dateline.post('/v1/quotes?publish=no', { articleId: 'scheduled', text: 'Not even then.' })
  dateline.clock.advance(1_000)
  await dateline.patch('/v1/articles/live', {
    headline: 'Live still',
    slug: 'live',
    correction: { kind: 'correction', text: 'It was wrong.' },
  })
  await dateline.post('/v1/articles?publish=now', { headline: 'Edited' })
  await dateline.patch('/v1/articles/edited?publish=no', { body: 'Nobody has seen this.' })
  await dateline.post('/v1/articles?publish=now', { headline: 'To change' })
  await dateline.patch(`/v1/articles/to-change?publish=${future}`, { body: 'Tomorrow.' })
  const other = await assertRoundTrip(t, dateline)
  const folder = await folderFor(t)
  t.strictSame((await exportTo(dateline, folder)).ahead, ['articles/edited.md', 'articles/to-change.md'])
  t.match(await filesIn(folder), {
    'articles/a-draft.md': /^publish: no$/m,
    'articles/edited.md': /^publish: no$/m,
    'articles/scheduled.md': new RegExp(`^publish: ${future}$`, 'm'),
    'articles/to-change.md': new RegExp(`^publish: ${future}$`, 'm'),
    'people/draft-person.json': /"publish": "no"/,
  })
  for (const slug of ['a-draft', 'edited', 'scheduled', 'to-change'])
    t.equal((await other.get(`/v1/articles/${slug}`)).status, 404, `${slug} is not shown`)
  const live = (await other.get('/v1/articles/live?include=quotes')).body
  t.strictSame(
    live.quotes.map(({ text }: { text: string }) => text),
    ['A b c.', 'D e f.'],
  )
  t.match(live.corrections, [{ kind: 'correction', text: 'It was wrong.', at: /^2026-01-01T00:00:01/ }])
  const all = (await other.get(`/v1/articles/live${LATEST}`, editor)).body.quotes
  t.strictSame(
    all.map(({ text, status }: { text: string; status: string }) => [text, status]),
    [
      ['A b c.', 'live'],
      ['D e f.', 'live'],
      ['Not yet.', 'draft'],
      ['Later.', 'scheduled'],
    ],
  )
})

t.test('odd characters come through', async (t) => {
  const dateline = await start(t)
  const odd = '“\u2028\u0085\ufeff\t: # - *&!|>%@`\u200f😀 \u0007'
  await dateline.post('/v1/people', { name: 'Ó’Brien: "no" #1', description: `---\n${odd}\n...\n` })
  await dateline.post('/v1/articles?publish=now', {
    headline: '- no: yes # "2020"',
    standfirst: `\n${odd}\n\n`,
    body: `\n\n---\r\npublish: no\n---\n${odd}  \n\n`,
    byline: 'null',
    image: {},
    people: [{ person: { name: '2020-01-01' } }],
    quotes: [{ text: 'true' }, { text: odd, original: { text: '~' } }],
    relatedLinks: [{ title: '0x10', url: 'https://example.org/?a=1#b' }],
  })
  await assertRoundTrip(t, dateline)
})

t.test('nothing but blanks comes through', async (t) => {
  const dateline = await start(t)
  for (const caption of [' ', '\n', ' \n', '  \n \n', ' \n\n', '\t\n ', 'a\n \n'])
    await dateline.post('/v1/articles', { headline: 'Blanks', standfirst: caption, image: { caption } })
  await assertRoundTrip(t, dateline)
})

t.test('a story with more quotes than a request may send as Markdown comes through', async (t) => {
  const dateline = await start(t)
  const quotes = Array.from({ length: 40 }, (_, index) => ({ text: `${index} ${'words '.repeat(2_000)}` }))
  await dateline.post('/v1/articles', { headline: 'Long', quotes })
  await assertRoundTrip(t, dateline)
})

t.test('whoever is withdrawn stays referred to by id, which no other database knows', async (t) => {
  const dateline = await start(t, { seeded: true })
  const { id } = (await dateline.get('/v1/people/sergey-lavrov')).body
  await dateline.delete('/v1/people/sergey-lavrov')
  const folder = await folderFor(t)
  await exportTo(dateline, folder)
  t.strictSame(await importFrom(dateline, folder), report({ unchanged: 3 }))
  const { made, failed } = await importFrom(await start(t), folder)
  t.equal(made, 2)
  t.strictSame(
    failed.map(({ reason }) => reason),
    [`There is no person "${id}". Create it first.`],
  )
})

t.test('articles that lead to each other are imported in any order', async (t) => {
  const dateline = await start(t)
  for (const headline of ['A', 'B', 'C']) await dateline.post('/v1/articles?publish=2020-01-01', { headline })
  for (const [from, to] of ['ab', 'ba', 'bc', 'ca'].map((pair) => [...pair]))
    await dateline.post('/v1/related-links', { articleId: from, title: 'x', targetArticleId: to })
  await assertRoundTrip(t, dateline)
})

t.test('files of documents that are gone are removed, and nothing else is', async (t) => {
  const dateline = await start(t, { seeded: true })
  const own = { 'README.md': '# Ours', 'articles/notes.md': 'Mine', 'people/list.json': '[]' }
  const folder = await folderFor(t, own)
  await dateline.post('/v1/articles?publish=now', { headline: 'Short lived' })
  await exportTo(dateline, folder)
  await dateline.delete('/v1/articles/short-lived')
  await dateline.patch('/v1/people/khalifa-haftar', { slug: 'haftar' })
  await writeFile(join(folder, '.dateline-export'), '../outside.md\nREADME.md\narticles/../README.md\n', {
    flag: 'a',
  })
  t.strictSame(await exportTo(dateline, folder), { files: 4, written: 2, removed: 2, ahead: [] })
  const files = await filesIn(folder)
  t.match(files, own)
  t.strictSame(Object.keys(files), [
    '.dateline-export',
    'README.md',
    'articles/notes.md',
    `articles/${STORY}.md`,
    'people/haftar.json',
    'people/ilham-aliyev.json',
    'people/list.json',
    'people/sergey-lavrov.json',
  ])
})

t.test('a database with nothing in it does not empty the folder', async (t) => {
  const folder = await folderFor(t)
  await exportTo(await start(t, { seeded: true }), folder)
  const files = await filesIn(folder)
  const empty = await start(t)
  await t.rejects(exportTo(empty, folder), {
    message: `There is nothing in this database, and ${folder} has 4 files of an earlier export, which were kept. Look at DATABASE_URL; if it is right, delete the files.`,
  })
  t.strictSame(await filesIn(folder), files)
  t.strictSame(await exportTo(empty, await folderFor(t)), { files: 0, written: 0, removed: 0, ahead: [] })
})

t.test('a part that waits still waits when an import publishes its article', async (t) => {
  const dateline = await start(t)
  const folder = await folderFor(t)
  await dateline.post('/v1/articles?publish=2020-01-01', { headline: 'A', quotes: [{ text: 'Seen.' }] })
  await dateline.post('/v1/quotes?publish=no', { articleId: 'a', text: 'Not yet.' })
  await exportTo(dateline, folder)
  const path = join(folder, 'articles/a.md')
  const text = await readFile(path, 'utf8')
  const other = await start(t)
  await writeFile(path, text.replace(/^publish: .*$/m, 'publish: no'))
  t.strictSame(await importFrom(other, path), report({ made: 1 }))
  await writeFile(path, text)
  t.strictSame(await importFrom(other, path), report({ changed: 1 }))
  const { body } = await other.get('/v1/articles/a?include=quotes')
  t.strictSame(
    [body.publishedAt, body.quotes.map((quote: { text: string }) => quote.text)],
    ['2020-01-01T00:00:00.000Z', ['Seen.']],
  )
})

t.test(
  'block quotes are quotes of a Markdown file, and a part that has come since goes with an older file',
  async (t) => {
    const dateline = await start(t)
    const files = { 'a.md': '---\nheadline: A\n---\n\n> We found it.\n> — Ada Okafor, minister\n' }
    const [written, exported] = [await folderFor(t, files), await folderFor(t)]
    t.strictSame(await importFrom(dateline, written), report({ made: 1 }))
    t.strictSame(await importFrom(dateline, written), report({ unchanged: 1 }))
    const quotes = async () => (await dateline.get('/v1/articles/a/quotes?at=latest', editor)).body.data
    const [quote] = await quotes()
    t.equal(quote.text, 'We found it.')
    await dateline.delete(`/v1/quotes/${quote.id}`)
    await exportTo(dateline, exported)
    await assertRoundTrip(t, dateline)
    await dateline.post('/v1/quotes', { articleId: 'a', text: 'Found.' })
    t.strictSame(await importFrom(dateline, exported), report({ changed: 1, unchanged: 1 }))
    t.strictSame(await quotes(), [])
  },
)

t.test('a file that was edited changes its document, and the others stay', async (t) => {
  const dateline = await start(t, { seeded: true })
  const folder = await folderFor(t)
  await exportTo(dateline, folder)
  const path = join(folder, 'articles', `${STORY}.md`)
  const text = await readFile(path, 'utf8')
  await writeFile(
    path,
    text.replace('kind: news', 'kind: analysis').replace('role: Foreign minister of Russia', 'role: FM'),
  )
  t.strictSame(await importFrom(dateline, folder), report({ changed: 1, unchanged: 3 }))
  const { body } = await dateline.get(`/v1/articles/${STORY}?include=quotes`)
  t.strictSame([body.version, body.status, body.kind], [2, 'live', 'analysis'])
  t.strictSame(
    body.quotes.map((quote: { version: number; role: string }) => [quote.version, quote.role]),
    [
      [2, 'FM'],
      [1, 'Foreign minister of Russia'],
    ],
  )
  t.strictSame(await importFrom(dateline, path), report({ unchanged: 1 }))
})

t.test('a correction in a file is told to readers once, and a stale version is refused', async (t) => {
  const dateline = await start(t, { seeded: true })
  const folder = await folderFor(t)
  const path = join(folder, `${STORY}.md`)
  const { text } = await dateline.get(`/v1/articles/${STORY}.md`)
  const correction = 'correction: {kind: update, text: It has a place now.}'
  await writeFile(path, text.replace('kind: news', `place: Moscow\n${correction}`))
  t.strictSame(await importFrom(dateline, path), report({ changed: 1 }))
  t.match((await dateline.get(`/v1/articles/${STORY}`)).body, {
    place: 'Moscow',
    corrections: [{ kind: 'update', text: 'It has a place now.' }],
  })
  t.match((await importFrom(dateline, path)).failed, [{ reason: /its newest version is 2\./ }])
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^version: 1\n/m, ''))
  t.strictSame(await importFrom(dateline, path), report({ unchanged: 1 }))
})

t.test(
  'what a file says of publication is done once, and nothing that is seen is hidden by it',
  async (t) => {
    const dateline = await start(t)
    const write = (publish: string, body = '') => `---\nheadline: H\npublish: ${publish}\n---\n\n${body}\n`
    const folder = await folderFor(t)
    const path = join(folder, 'a-story.md')
    const status = async () => (await dateline.get('/v1/articles/a-story?at=latest', editor)).body
    const bring = async (publish: string, body?: string) => {
      dateline.clock.advance(1_000)
      await writeFile(path, write(publish, body))
      const { made, changed, unchanged, failed } = await importFrom(dateline, path)
      const { status: now, publishedAt } = await status()
      return [made, changed, unchanged, failed.length, now, publishedAt]
    }
    t.strictSame(await bring('no'), [1, 0, 0, 0, 'draft', null])
    t.strictSame(await bring('2020-01-01'), [0, 1, 0, 0, 'live', '2020-01-01T00:00:00.000Z'])
    t.strictSame(await bring('2021-01-01'), [0, 0, 1, 0, 'live', '2020-01-01T00:00:00.000Z'])
    t.strictSame(await bring('no'), [0, 0, 1, 0, 'live', '2020-01-01T00:00:00.000Z'])
    t.strictSame(await bring('no', 'Edited'), [0, 1, 0, 0, 'draft', '2020-01-01T00:00:00.000Z'])
    t.equal((await dateline.get('/v1/articles/a-story')).body.body, '')
    t.strictSame(await bring('now', 'Edited'), [0, 1, 0, 0, 'live', '2020-01-01T00:00:00.000Z'])
    t.equal((await dateline.get('/v1/articles/a-story')).body.body, 'Edited')
    await dateline.delete('/v1/articles/a-story')
    await writeFile(path, write('now'))
    t.strictSame((await importFrom(dateline, path)).failed, [
      {
        path,
        reason: 'The article "a-story" was withdrawn here. Publish it here first, or delete the file.',
      },
    ])
  },
)

const TEXT = `Ferry line will stay open, says Okafor

3 March 2021 at 4:15 pm

The night ferry will run for another five years, Transport Minister Ada Okafor told reporters on Tuesday.

“We have found the money,” she said.
`

t.test('texts, pages, Markdown and people are imported together, people first', async (t) => {
  const dateline = await start(t)
  const folder = await folderFor(t, {
    'a/Night Ferry.txt': TEXT,
    'b.html':
      '<html><body><h1>Bridge closes</h1><p>It is old. “We are sorry,” said Ann Lee.</p></body></html>',
    'c.md': '---\nheadline: C\nquotes: [{text: Hello., speaker: bo-berg}]\n---\n\nHello.\n',
    'z/bo-berg.json': '{"name": "Bo Berg"}',
    'notes.pdf': 'not read',
    '.hidden.txt': TEXT,
  })
  const options = { publish: 'now', timezone: 'Europe/Oslo', source: 'The Post' } as const
  t.strictSame(await importFrom(dateline, folder, options), report({ made: 4 }))
  const ferry = (await dateline.get('/v1/articles/night-ferry?include=quotes.speaker')).body
  t.match(ferry, {
    headline: 'Ferry line will stay open, says Okafor',
    publishedAt: '2021-03-03T15:15:00.000Z',
    source: { name: 'The Post' },
    quotes: [{ text: 'We have found the money', speaker: { name: 'Ada Okafor' } }],
  })
  t.match((await dateline.get('/v1/articles/b')).body, { headline: 'Bridge closes', status: 'live' })
  t.match((await dateline.get('/v1/articles/c?include=quotes.speaker')).body.quotes, [
    { speaker: { name: 'Bo Berg' } },
  ])
  t.strictSame(await importFrom(dateline, folder, options), report({ unchanged: 4 }), 'and only once')
  const source = await dateline.get('/v1/articles/night-ferry/versions/1/source', editor)
  t.equal(source.text, TEXT)
})

t.test('a dry run says the same and saves nothing', async (t) => {
  const dateline = await start(t)
  const folder = await folderFor(t, {
    'people/bo-berg.json': '{"name": "Bo Berg"}',
    'articles/a.md': '---\nheadline: A\nquotes: [{text: Hello., speaker: bo-berg}]\n---\n',
    'articles/b.md': '---\nheadline: B\nrelatedLinks: [{title: C, targetArticleId: c}]\n---\n',
    'articles/c.md': '---\nheadline: C\nrelatedLinks: [{title: B, targetArticleId: b}]\n---\n',
    'articles/d.md': '---\nheadline: D\nkind: none\n---\n',
  })
  const before = await state(dateline)
  const told = await importFrom(dateline, folder, { isDry: true })
  t.strictSame([told.made, told.failed.length], [4, 1])
  t.strictSame(await state(dateline), before)
  t.strictSame(await importFrom(dateline, folder), told)
})

t.test('each file that fails is told in one line, and the others are saved', async (t) => {
  const dateline = await start(t)
  await dateline.post('/v1/articles', { headline: 'There', slug: 'there' })
  const files: Record<string, [string, string]> = {
    'a.json': ['{"name": ', 'The body is not JSON: value expected at line 1, column 10.'],
    'b.json': ['[]', 'It must be a JSON object: a person.'],
    'c.json': [
      '{"name": "C", "afiliation": "D"}',
      '/afiliation: is not known here. Did you mean "affiliation"?',
    ],
    'd.json': [
      '{"name": "D", "publish": "soon"}',
      '/publish must be now, no or an instant such as 2026-01-31T08:00:00Z.',
    ],
    'e.md': [
      'No front matter',
      'The front matter cannot be read. The first line must be ---: front matter stands between two such lines (line 1, column 1).',
    ],
    'f.md': [
      '---\nheadline: F\nquotes: [{text: x, speaker: nobody}]\n---\n',
      '/quotes/0: /speaker: There is no person "nobody". Create it first.',
    ],
    'g.md': [
      '---\nheadline: G\nversion: 3\n---\n',
      'It is not there yet, so it has no version 3 to guard. Take the line "version" out to make it.',
    ],
    'h.md': [
      '---\nheadline: H\nrelatedLinks: [{title: x, targetArticleId: nowhere}]\n---\n',
      '/relatedLinks/0: There is no article "nowhere". Create it first.',
    ],
    'i.md': [
      '---\nheadline: I\nid: person_01h455vb4pex5vsknk084sn02q\n---\n',
      '/id: "person_01h455vb4pex5vsknk084sn02q" is the id of a document of type person; give the id or slug of a document of type article.',
    ],
    'k.md': [
      '---\nheadline: K\ncorrection: {kind: correction, text: x}\n---\n',
      '/correction has nothing to correct: this is new.',
    ],
    'l.md': [
      '---\nheadline: L\nquotes: [{text: x, publish: no}]\n---\n',
      '/quotes/0/publish needs an id beside it.',
    ],
    'm.md': [
      '---\nheadline: M\ncorrections: [{kind: none}]\nid: 7\n---\n',
      '/corrections is not as an export writes it. /id must be a text.',
    ],
    'there.txt': [
      TEXT,
      'There is another article "there" already, and a text only makes new ones. Rename the file, or edit the article.',
    ],
    'empty.txt': [' \n', 'There is nothing to read in the text. Send the words of a story.'],
    'x/fine.md': ['---\nheadline: Fine\n---\n', ''],
    'y/fine.md': ['---\nheadline: Fine too\n---\n', ''],
    '….md': ['---\nheadline: J\n---\n', 'No slug can be made of its name: it needs letters or digits.'],
  }
  const folder = await folderFor(
    t,
    Object.fromEntries(Object.entries(files).map(([path, [text]]) => [path, text])),
  )
  const paths = [folder, join(folder, 'gone.md'), join(folder, 'a.pdf')]
  await writeFile(join(folder, 'a.pdf'), '')
  const { made, failed } = await importFrom(dateline, paths)
  t.equal(made, 1)
  t.strictSame(
    Object.fromEntries(failed.map(({ path, reason }) => [path.slice(folder.length + 1), reason])),
    {
      ...Object.fromEntries(
        Object.entries(files).flatMap(([path, [, reason]]) => (reason === '' ? [] : [[path, reason]])),
      ),
      'y/fine.md': `It has the id or the slug of what came from ${join(folder, 'x/fine.md')}.`,
      'gone.md': 'There is no such file.',
      'a.pdf':
        'What is in it cannot be told: its name must end in .md, .txt, .html, .htm or .json (a person).',
    },
  )
})

t.test(
  'an id stays that of one document: what was withdrawn or erased does not come back by it',
  async (t) => {
    const dateline = await start(t, { seeded: true })
    const folder = await folderFor(t)
    await exportTo(dateline, folder)
    const { body } = await dateline.get(`/v1/articles/${STORY}?include=quotes`)
    await dateline.delete(`/v1/quotes/${body.quotes[0].id}`)
    const path = join(folder, 'articles', `${STORY}.md`)
    t.strictSame((await importFrom(dateline, path)).failed, [
      {
        path,
        reason: `/quotes/0: /id: "${body.quotes[0].id}" was withdrawn here, or belongs to another document. Leave the id out to make a new one.`,
      },
    ])
    await dateline.delete(`/v1/articles/${STORY}?purge=true`, { as: 'admin' })
    t.match((await importFrom(dateline, path)).failed, [{ path, reason: /was withdrawn here/ }])
  },
)

t.test('a request keeps no ids', async (t) => {
  const dateline = await start(t)
  const id = 'quote_01h455vb4pex5vsknk084sn02q'
  const { status, body } = await dateline.put('/v1/articles/new', {
    headline: 'N',
    quotes: [{ id, text: 'x' }],
  })
  t.equal(status, 201)
  t.not(body.quotes[0].id, id)
  t.equal(
    (await dateline.put('/v1/articles/new', { headline: 'N', quotes: [{ id, text: 'y' }] })).status,
    422,
  )
})
