import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { policy } from '../../src/feeds/page-style.ts'
import { assertProblem } from '../http/problem.ts'
import { type Answer, type Dateline, START, STORY, start } from '../support/dateline.ts'

const ITEM = `/v1/articles/${STORY}`
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

const forms = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  html: 'text/html',
  md: 'text/markdown',
}

/** A story with everything that one can have. */
const everything = {
  headline: 'The words of "Anna": a story',
  kind: 'analysis',
  standfirst: 'One.\n\nTwo: three.',
  body: '---\n\n“Words,” she said, “and more.”  \n\n\n',
  language: 'no',
  place: 'Oslo',
  byline: 'By Bo Berg',
  source: { name: 'The Paper', url: null },
  image: { url: 'https://example.org/a.jpg', caption: 'A square\nin Oslo', credit: null },
  tags: ['norway', '2020'],
  canonicalUrl: 'https://example.org/story',
  people: [{ person: { name: 'Anna' }, as: 'subject' }],
  quotes: [
    { text: 'Words and more.', speaker: 'anna', saidOn: '2020', original: { text: 'Ord.' }, position: 3 },
    { text: 'yes' },
  ],
  relatedLinks: [
    { title: '# More', url: 'https://example.org/?a=1' },
    { title: 'Here', targetArticleId: STORY },
  ],
}

t.test('an article has its forms by Accept and by extension, and the extension says more', async (t) => {
  const dateline = await start(t, { seeded: true })
  for (const [extension, mediaType] of Object.entries(forms)) {
    const byExtension = await dateline.get(`${ITEM}.${extension}`, {
      headers: { accept: 'application/json' },
    })
    const byAccept = await dateline.get(ITEM, { headers: { accept: mediaType } })
    for (const { status, headers } of [byExtension, byAccept]) {
      t.equal(status, 200, extension)
      t.equal(headers['content-type'], `${mediaType}; charset=utf-8`)
      t.equal(headers.vary, 'accept, authorization, accept-encoding')
      t.equal(headers['cache-control'], 'public, max-age=5')
    }
    t.equal(byExtension.text, byAccept.text)
    t.equal(byExtension.headers.etag, byAccept.headers.etag)
    const byId = await dateline.get(`/v1/articles/${(await dateline.get(ITEM)).body.id}.${extension}`)
    t.equal(byId.text, byAccept.text, 'and by the id as well')
  }
})

t.test('a client gets the form that it likes best', async (t) => {
  const dateline = await start(t, { seeded: true })
  const wishes: Record<string, string> = {
    '*/*': 'application/json',
    'application/*': 'application/json',
    'text/*': 'text/html',
    [BROWSER]: 'text/html',
    'text/markdown;q=0.5, text/html;q=0.4': 'text/markdown',
    'application/json;q=0, */*': 'application/ld+json',
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': 'application/ld+json',
    'TEXT/HTML; charset=UTF-8': 'text/html',
  }
  for (const [accept, mediaType] of Object.entries(wishes)) {
    const { headers } = await dateline.get(ITEM, { headers: { accept } })
    t.equal(headers['content-type'], `${mediaType}; charset=utf-8`, accept)
  }
})

t.test('a form that there is not is 406, and the answer lists those that there are', async (t) => {
  const dateline = await start(t, { seeded: true })
  const answer = await dateline.get(ITEM, { headers: { accept: 'image/png' } })
  assertProblem(t, answer, {
    status: 406,
    code: 'not_acceptable',
    detail:
      'There is no form of this as image/png. It can be had as application/json (.json) or application/ld+json (.jsonld) or text/html (.html) or text/markdown (.md).',
    instance: ITEM,
    extensions: { forms: Object.entries(forms).map(([extension, mediaType]) => ({ mediaType, extension })) },
  })
  t.equal(answer.headers.vary, 'accept, authorization')
  t.equal((await dateline.get(`${ITEM}.pdf`)).status, 404)
  t.equal((await dateline.get(`${ITEM}.constructor`)).status, 404)
  t.equal((await dateline.get('/v1/people/sergey-lavrov.html')).status, 404, 'a person has JSON alone')
})

t.test('include and fields shape JSON alone', async (t) => {
  const dateline = await start(t, { seeded: true })
  const detail = 'is for JSON. Markdown always has everything: leave it out, or ask for application/json.'
  assertProblem(t, await dateline.get(`${ITEM}.md?include=quotes&fields=slug`), {
    status: 400,
    code: 'invalid_query',
    detail: `include ${detail} fields ${detail}`,
    instance: `${ITEM}.md?include=quotes&fields=slug`,
    errors: ['include', 'fields'].map((parameter) => ({ parameter, code: 'not_allowed', detail })),
  })
  const ask = (accept: string) => dateline.get(`${ITEM}?fields=slug`, { headers: { accept } })
  t.equal((await ask('text/markdown')).status, 400)
  t.equal((await ask('image/png')).status, 406)
  const { headers, body } = await ask(BROWSER)
  t.equal(headers['content-type'], 'application/json; charset=utf-8', 'a browser takes it')
  t.equal(body.slug, STORY)
  t.equal((await dateline.get(`${ITEM}.json?fields=slug`)).text, (await ask('*/*')).text)
})

t.test('every form has a strong tag of its own that begins with the version', async (t) => {
  const dateline = await start(t, { seeded: true })
  const tags = new Set<string>()
  for (const extension of Object.keys(forms)) {
    const url = `${ITEM}.${extension}`
    const { headers } = await dateline.get(url)
    const tag = String(headers.etag)
    t.match(tag, /^"1-[\w-]{22}"$/)
    tags.add(tag)
    const same = await dateline.get(url, { headers: { 'if-none-match': tag } })
    t.equal(same.status, 304)
    t.equal(same.headers.vary, 'accept, authorization, accept-encoding')
    for (const other of [...tags].filter((each) => each !== tag))
      t.equal((await dateline.get(url, { headers: { 'if-none-match': other } })).status, 200)
    const head = await dateline.app.inject({ method: 'HEAD', url })
    t.strictSame({ ...head.headers, date: '' }, { ...headers, date: '' })
    t.equal(head.body, '')
  }
  t.equal(tags.size, 4)
})

t.test('the tag of a form covers what it shows', async (t) => {
  const dateline = await start(t, { seeded: true })
  const tagsNow = () =>
    Promise.all(
      ['jsonld', 'html'].map((extension) =>
        dateline.get(`${ITEM}.${extension}`).then(({ headers }) => headers.etag),
      ),
    )
  const before = await tagsNow()
  await dateline.post('/v1/quotes?publish=no', { articleId: STORY, text: 'A draft' })
  t.strictSame(await tagsNow(), before)
  await dateline.patch('/v1/people/sergey-lavrov', { name: 'Sergei Lavrov' })
  const after = await tagsNow()
  t.notOk(after.some((tag) => before.includes(tag)))
})

t.test('an old slug leads on to the same form', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(ITEM, { slug: 'not-an-ally' })
  dateline.clock.advance(60_000)
  const { status, headers } = await dateline.get(`${ITEM}.html?at=2026-01-01T00:00:01Z`)
  t.equal(status, 308)
  t.equal(headers.location, '/v1/articles/not-an-ally.html?at=2026-01-01T00:00:01Z')
  t.equal(headers.vary, 'accept, authorization')
})

t.test('what cannot be read is refused alike in every form', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.post('/v1/articles', { headline: 'A draft' })
  const { body } = await dateline.post('/v1/articles?publish=now', { headline: 'Gone' })
  await dateline.delete(`/v1/articles/${body.id}`)
  const statuses = { 'a-draft': 404, nothing: 404, gone: 410, [`${STORY}.html`]: 404 }
  for (const [key, status] of Object.entries(statuses))
    for (const extension of Object.keys(forms)) {
      const answer = await dateline.get(`/v1/articles/${key}.${extension}`)
      t.equal(answer.status, status, `${key}.${extension}`)
      t.equal(answer.headers['content-type'], 'application/problem+json')
      t.equal(answer.headers.vary, 'accept, authorization')
    }
  t.equal((await dateline.get(`${ITEM}.html?at=latest`)).status, 401)
  t.equal((await dateline.get('/v1/articles/a-draft.html?at=latest', { as: 'viewer' })).status, 200)
})

t.test('a form leads to its canonical address and to the others', async (t) => {
  const dateline = await start(t, { seeded: true, PUBLIC_URL: 'https://cms.example.org/api' })
  const { headers, text } = await dateline.get(`${ITEM}.html`)
  t.equal(
    headers.link,
    `<${ITEM}>; rel="canonical", <${ITEM}.json>; rel="alternate"; type="application/json", <${ITEM}.jsonld>; rel="alternate"; type="application/ld+json", <${ITEM}.md>; rel="alternate"; type="text/markdown"`,
  )
  t.equal(headers['x-robots-tag'], undefined)
  t.match(text, `<link rel="canonical" href="https://cms.example.org/api${ITEM}">`)
  await dateline.patch(ITEM, { canonicalUrl: 'https://example.org/story' })
  const past = await dateline.get(`${ITEM}.md?at=2020-10-16`)
  t.match(past.headers.link, `<${ITEM}>; rel="canonical", <${ITEM}.json?at=2020-10-16>; rel="alternate"`)
  t.equal(past.headers['x-robots-tag'], 'noindex')
  t.match(
    (await dateline.get(`${ITEM}.md`)).headers.link,
    /^<https:\/\/example\.org\/story>; rel="canonical", /,
  )
})

t.test('the past can be read in every form', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.patch(ITEM, { headline: 'Another headline' })
  for (const extension of Object.keys(forms)) {
    const { headers, text } = await dateline.get(`${ITEM}.${extension}?at=2020-10-16`)
    t.equal(headers['x-robots-tag'], 'noindex')
    t.match(text, 'Russia never considered')
    t.notMatch(text, 'Another headline')
  }
  t.match(
    (await dateline.get(`${ITEM}.html?at=2020-10-16`)).text,
    'As of <time datetime="2020-10-16T00:00:00.000Z"',
  )
})

t.test('a page is valid HTML, and its headers let it show pictures and nothing else', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.post('/v1/articles?publish=now', { slug: 'everything', ...everything })
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: { 'long-title': 'off', 'void-style': 'off' },
  })
  for (const url of [ITEM, '/v1/articles/everything']) {
    const { headers, text } = await dateline.get(`${url}.html`)
    t.equal(headers['content-security-policy'], policy)
    t.equal(headers['x-content-type-options'], 'nosniff')
    const { results } = await validator.validateString(text)
    t.strictSame(
      results.flatMap(({ messages }) => messages.map(({ message }) => message)),
      [],
    )
  }
})

t.test('the seeded story is linked to its words, and tells of itself to machines', async (t) => {
  const dateline = await start(t, { seeded: true, PUBLIC_URL: 'https://cms.example.org' })
  const { text } = await dateline.get(`${ITEM}.html`)
  t.match(
    text,
    'href="#:~:text=Such%20a%20partnership&amp;text=has%20a%20strategic%20nature%20in%20many%20areas."',
  )
  const data = (await dateline.get(`${ITEM}.jsonld`)).body
  t.equal(data['@id'], `https://cms.example.org${ITEM}`)
  t.strictSame(data.hasPart[1].creator, {
    '@type': 'Person',
    '@id': 'https://cms.example.org/v1/people/sergey-lavrov',
    name: 'Sergey Lavrov',
  })
})

t.test('Markdown that is sent back changes nothing', async (t) => {
  const dateline = await start(t, { seeded: true })
  await dateline.post('/v1/articles?publish=now', { slug: 'live', ...everything })
  await dateline.post('/v1/articles?publish=2027-01-01', { slug: 'scheduled', ...everything })
  await dateline.post('/v1/articles', { slug: 'draft', ...everything })
  await dateline.post('/v1/articles', { slug: 'bare', headline: 'Bare' })
  await dateline.patch('/v1/articles/live?publish=no', { place: 'Bergen' })
  dateline.clock.advance(60_000)
  for (const slug of [STORY, 'live', 'scheduled', 'draft', 'bare']) {
    const url = `/v1/articles/${slug}?at=latest&include=quotes.speaker,relatedLinks,people`
    const before = await dateline.get(url, { as: 'editor' })
    const { text } = await dateline.get(`/v1/articles/${slug}.md?at=latest`, { as: 'editor' })
    const answer = await send(dateline, `/v1/articles/${slug}`, text)
    t.equal(answer.status, 200)
    t.strictSame(
      answer.body.notices.map(({ code }: { code: string }) => code),
      ['unchanged'],
      slug,
    )
    t.strictSame(await kept(dateline.get(url, { as: 'editor' })), await kept(before))
    t.equal((await dateline.get(`/v1/articles/${slug}.md?at=latest`, { as: 'editor' })).text, text)
  }
})

t.test('Markdown makes an article, at its address or by POST', async (t) => {
  const dateline = await start(t, { seeded: true })
  const text =
    '---\nheadline: A story\npeople:\n  - person: {name: Anna}\nquotes:\n  - text: Words.\n    speaker: anna\n---\n\nThe body.\n'
  const made = await send(dateline, '/v1/articles/mine?publish=now', text)
  t.equal(made.status, 201)
  t.equal(made.headers.location, '/v1/articles/mine')
  t.match(made.body, {
    headline: 'A story',
    body: 'The body.',
    quotes: [{ text: 'Words.', speaker: { name: 'Anna' } }],
  })
  const posted = await send(dateline, '/v1/articles', text, { method: 'POST' })
  t.equal(posted.status, 201)
  t.match(posted.body, { slug: 'a-story', status: 'draft', body: 'The body.' })
})

t.test(
  'a file that is sent without a Content-Type is known by its address or by its first line',
  async (t) => {
    const dateline = await start(t)
    const put = (url: string, payload: string) =>
      dateline.send({ method: 'PUT', url, payload: Buffer.from(payload), headers: token(dateline) })
    const text = '---\nheadline: A story\n---\n\nThe body.\n'
    t.match(await put('/v1/articles/one.md', text), {
      status: 201,
      headers: { location: '/v1/articles/one?at=latest' },
    })
    t.match(await put('/v1/articles/two', text), { status: 201, body: { slug: 'two', body: 'The body.' } })
    t.match(await put('/v1/articles/three.json', '{"headline":"A"}'), {
      status: 201,
      body: { slug: 'three' },
    })
    t.match(await put('/v1/articles/one.md', 'The body.'), {
      status: 400,
      body: { type: '/problems/malformed_front_matter' },
    })
    for (const url of ['/v1/articles/four', '/v1/articles/four.html', '/v1/people/anna'])
      t.equal((await put(url, '{"headline":"A"}')).status, 415, url)
    t.equal((await put('/v1/people/anna', text)).status, 415)
  },
)

t.test('what is written is in the form that its address says', async (t) => {
  const dateline = await start(t, { seeded: true })
  assertProblem(t, await dateline.put(`${ITEM}.md`, { headline: 'A' }), {
    status: 415,
    code: 'unsupported_media_type',
    detail:
      'application/json cannot be written to an address that ends in .md. Leave the extension out, or send what it says.',
    instance: `${ITEM}.md`,
  })
  t.equal((await dateline.put(`${ITEM}.html`, { headline: 'A' })).status, 415)
  t.equal((await send(dateline, `${ITEM}.json`, '---\nheadline: A\n---\n')).status, 415)
  t.equal((await dateline.put(`${ITEM}.json`, { headline: 'A' })).status, 200)
  t.equal((await dateline.put(`${ITEM}.pdf`, { headline: 'A' })).status, 400)
  t.equal((await dateline.patch(`${ITEM}.json`, { headline: 'B' })).status, 404, 'only PUT takes a file')
})

t.test('the version in a text is the one that it replaces', async (t) => {
  const dateline = await start(t, { seeded: true, REQUIRE_IF_MATCH: true })
  const { text } = await dateline.get(`${ITEM}.md`)
  const unsaid = await send(dateline, ITEM, text.replace(/^version: .*\n/m, ''))
  t.equal(unsaid.status, 428)
  const changed = text.replace('kind: news', 'kind: opinion')
  t.match(await send(dateline, ITEM, changed), { status: 200, body: { version: 2, kind: 'opinion' } })
  t.match(await send(dateline, ITEM, text), {
    status: 412,
    body: { current: '"2"', changed: [{ pointer: '/kind', was: 'news', now: 'opinion' }] },
  })
  const match = { 'if-match': '"2"' }
  t.match(await send(dateline, ITEM, text, { headers: match }), {
    status: 200,
    body: { version: 3, kind: 'news' },
  })
  t.equal((await send(dateline, '/v1/articles/new', text)).status, 412, 'a new one has no version to replace')
  assertProblem(t, await send(dateline, '/v1/articles', text, { method: 'POST' }), {
    status: 422,
    code: 'invalid_content',
    detail: '/version is for PUT, which replaces that version. Leave it out to make a new document.',
    instance: '/v1/articles',
    errors: [
      {
        pointer: '/version',
        code: 'not_allowed',
        detail: 'is for PUT, which replaces that version. Leave it out to make a new document.',
      },
    ],
  })
})

t.test('what is wrong in a text is told as of any body', async (t) => {
  const dateline = await start(t)
  assertProblem(t, await send(dateline, '/v1/articles/a', '---\nheadline: A\nplace: B: C\n---\n'), {
    status: 400,
    code: 'malformed_front_matter',
    detail:
      'The front matter cannot be read. A text with a colon in it needs quotation marks around it (line 3, column 8).',
    instance: '/v1/articles/a',
    extensions: { line: 3, column: 8 },
  })
  assertProblem(
    t,
    await send(dateline, '/v1/articles/a', '---\nheadlin: A\n__proto__: {kind: news}\n---\n'),
    {
      status: 422,
      code: 'invalid_content',
      detail:
        '/headline: is required: a string. /headlin: is not known here. Did you mean "headline"? /__proto__: is not known here.',
      instance: '/v1/articles/a',
      errors: [
        { pointer: '/headline', code: 'required', detail: 'is required: a string.' },
        { pointer: '/headlin', code: 'unknown', detail: 'is not known here. Did you mean "headline"?' },
        { pointer: '/__proto__', code: 'unknown', detail: 'is not known here.' },
      ],
    },
  )
  t.match(await send(dateline, '/v1/articles/a', Buffer.from([0x2d, 0x2d, 0x2d, 0xff])), {
    status: 400,
    body: { type: '/problems/malformed_request', detail: 'The body is not valid UTF-8.' },
  })
  const charset = { 'content-type': 'text/markdown; charset=utf-16' }
  t.equal((await send(dateline, '/v1/articles/a', '---\n---\n', { headers: charset })).status, 415)
  t.equal((await send(dateline, '/v1/articles/a', ' '.repeat(4 * 1024 * 1024 + 1))).status, 413)
  t.equal((await send(dateline, '/v1/people', '---\nname: A\n---\n', { method: 'POST' })).status, 415)
})

t.test('Last-Modified is when the version went live, where that is all there is to it', async (t) => {
  const dateline = await start(t, { seeded: true })
  const modified = async (url: string, as?: 'viewer') =>
    (await dateline.get(url, as ? { as } : {})).headers['last-modified']
  const imported = 'Thu, 15 Oct 2020 14:07:00 GMT'
  t.equal(await modified(ITEM), imported)
  t.equal(await modified('/v1/people/sergey-lavrov'), imported)
  await dateline.patch(`${ITEM}?publish=no`, { headline: 'A draft' })
  await dateline.patch(`${ITEM}?publish=2027-01-01`, { headline: 'Embargoed' })
  t.equal(await modified(ITEM), imported, 'what is hidden does not show in it')
  dateline.clock.now = START + 60_000
  await dateline.patch(`${ITEM}?base=live`, { place: 'Oslo' })
  t.equal(await modified(ITEM), 'Thu, 01 Jan 2026 00:01:00 GMT')
  t.equal(await modified(`${ITEM}?at=2020-10-16`), imported)
  t.equal(await modified(`${ITEM}?include=quotes`), undefined, 'a quote that is withdrawn leaves no date')
  t.equal(await modified(`${ITEM}.html`), undefined)
  t.equal(await modified(ITEM, 'viewer'), undefined, 'a draft changes what a token reads')
  t.equal(await modified('/v1/articles'), undefined)
})

function token({ tokens }: Dateline): { authorization: string } {
  return { authorization: `Bearer ${tokens.editor}` }
}

function send(
  dateline: Dateline,
  url: string,
  payload: string | Buffer,
  { method = 'PUT', headers = {} }: { method?: 'PUT' | 'POST'; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const all = { 'content-type': 'text/markdown', ...token(dateline), ...headers }
  return dateline.send({ method, url, payload, headers: all })
}

async function kept(answer: Answer | Promise<Answer>): Promise<unknown> {
  const { body, headers } = await answer
  return [body, headers.etag]
}

t.test(
  'attributed block quotes of a Markdown body are its quotes, unless the front matter has its own',
  async (t) => {
    const { get, send, tokens } = await start(t)
    const put = (text: string, query = '') =>
      send({
        method: 'PUT',
        url: `/v1/articles/ferry${query}`,
        headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'text/markdown' },
        payload: text,
      })
    const body = 'The ferry stays.\n\n> We have found the money.\n> — Ada Okafor, minister\n'
    const made = await put(`---\nheadline: Ferry stays\n---\n\n${body}`, '?publish=now')
    t.equal(made.status, 201)
    t.match(made.body.quotes, [
      {
        text: 'We have found the money.',
        role: 'minister',
        anchor: { state: 'exact' },
        speaker: { name: 'Ada Okafor' },
      },
    ])
    const again = await put(`---\nheadline: Ferry stays\n---\n\n${body}`)
    t.strictSame([again.body.version, again.body.quotes[0].version], [1, 1], 'the same file changes nothing')
    const file = (await get('/v1/articles/ferry.md')).text
    t.strictSame(
      [(await put(file)).body.version, (await get('/v1/quotes?count=true')).body.page.total],
      [1, 1],
    )
    const none = await put(`---\nheadline: Ferry stays\nquotes: []\n---\n\n${body}`)
    t.strictSame(none.body.quotes, [])
    const without = (await get('/v1/articles/ferry.md')).text
    t.match(without, /^quotes: \[\]$/m)
    await put(without)
    t.strictSame((await get('/v1/quotes')).body.data, [], 'what says that there are none stays so')
  },
)
