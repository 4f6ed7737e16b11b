import { readFileSync } from 'node:fs'
import t from 'tap'
import { inWords, ruleEndings, ruleWords } from '../../src/intake/rule-words.ts'
import { readStory } from '../../src/intake/story.ts'
import { annotatedArticles } from '../intake/annotated.ts'
import { type Answer, type Dateline, type RequestOptions, start } from '../support/dateline.ts'

/** A story as somebody pastes it, with most of what one can have. */
const STORY = `The Harbour Post – news from the coast

Ferry line will stay open, says Okafor

3 March 2021 at 4:15 pm

Transport Minister Ada Okafor in Port Elin on 2 March 2021 [Harbour Post/Jon Vale]

The night ferry between Port Elin and the islands will keep running for another five years, Transport Minister Ada Okafor told reporters on Tuesday.

“We have found the money,” Okafor said. “Nobody will be left on the quay.”

READ: Islanders ask for a bridge

“It was about time.”
`

interface Span {
  readonly start: number
  readonly end: number
}

function paste(
  { send, tokens }: Dateline,
  text: string | Buffer,
  query = '',
  { as = 'editor', headers = {} }: RequestOptions = {},
): Promise<Answer> {
  return send({
    method: 'POST',
    url: `/v1/articles${query}`,
    headers: { authorization: `Bearer ${tokens[as]}`, 'content-type': 'text/plain', ...headers },
    payload: text,
  })
}

t.test('a pasted text becomes an article with its quotes, people and links', async (t) => {
  const dateline = await start(t)
  const { status, headers, body } = await paste(dateline, STORY)
  t.equal(status, 201)
  t.equal(headers.location, '/v1/articles/ferry-line-will-stay-open-says-okafor?at=latest')
  t.equal(body.status, 'draft')
  t.equal(body.headline, 'Ferry line will stay open, says Okafor')
  t.match(body.image, { url: null, credit: 'Harbour Post/Jon Vale' })
  t.notMatch(body.body, /READ:|Jon Vale|news from the coast/)
  t.match(body.relatedLinks, [{ kind: 'read', title: 'Islanders ask for a bridge', url: null }])
  t.match(body.people, [{ person: { name: 'Ada Okafor', role: 'Transport Minister', status: 'draft' } }])
  t.match(
    body.quotes.map((quote: { text: string; speaker: { name: string } | null }) => [
      quote.text,
      quote.speaker?.name ?? null,
    ]),
    [
      ['We have found the money', 'Ada Okafor'],
      ['Nobody will be left on the quay.', 'Ada Okafor'],
      ['It was about time.', null],
    ],
  )
})

t.test('the answer says where everything was found, by which rule and how surely', async (t) => {
  const dateline = await start(t)
  const { body } = await paste(dateline, STORY)
  const { intake } = body
  const points = [...STORY]
  const cut = ({ start, end }: Span) => points.slice(start, end).join('')
  t.equal(cut(intake.fields.headline.span), body.headline)
  t.strictSame(
    intake.quotes.flatMap(({ parts }: { parts: Span[] }) => parts.map(cut)),
    ['We have found the money,', 'Nobody will be left on the quay.', 'It was about time.'],
  )
  t.match(intake.quotes[0], {
    quoteId: body.quotes[0].id,
    speaker: { name: 'Ada Okafor', personId: body.people[0].personId },
  })
  t.match(intake.quotes[2], {
    speaker: null,
    confidence: 'low',
    suggestion: { name: 'Ada Okafor', rule: 'last-speaker' },
  })
  t.strictSame(
    intake.furniture.map(({ text }: { text: string }) => text),
    ['The Harbour Post – news from the coast'],
  )
  t.ok(intake.warnings.some(({ code }: { code: string }) => code === 'no_timezone'))
})

t.test('dryRun shows it and saves nothing, not even a person', async (t) => {
  const dateline = await start(t)
  const { status, body } = await paste(dateline, STORY, '?dryRun=true')
  t.equal(status, 200)
  t.equal(body.quotes.length, 3)
  t.strictSame((await dateline.get('/v1/articles?at=latest', { as: 'viewer' })).body.data, [])
  t.strictSame((await dateline.get('/v1/people')).body.data, [])
})

t.test('publish=now takes the date of the text, in its zone; an explicit instant wins', async (t) => {
  const dateline = await start(t)
  const first = await paste(dateline, STORY, '?publish=now&timezone=America/New_York')
  t.equal(first.body.publishedAt, '2021-03-03T21:15:00.000Z')
  t.notOk(first.body.intake.warnings.some(({ code }: { code: string }) => code === 'no_timezone'))
  t.match(first.body.people, [{ person: { name: 'Ada Okafor', status: 'live' } }])
  const second = await paste(dateline, STORY, '?publish=2021-03-05')
  t.equal(second.body.publishedAt, '2021-03-05T00:00:00.000Z')
  t.equal(second.body.intake.publishedAt, '2021-03-03T16:15:00.000Z')
})

t.test('the same text again gives the same structure and the same people', async (t) => {
  const dateline = await start(t)
  const first = await paste(dateline, STORY)
  const second = await paste(dateline, STORY)
  t.strictSame(
    second.body.people.map(({ personId }: { personId: string }) => personId),
    first.body.people.map(({ personId }: { personId: string }) => personId),
  )
  const found = ({ body }: Answer) =>
    body.intake.quotes.map(({ quoteId: _, ...quote }: Record<string, unknown>) => quote)
  t.strictSame(found(second), found(first))
  t.equal((await dateline.get('/v1/people?count=true&at=latest', { as: 'viewer' })).body.page.total, 1)
})

t.test('a person who is known by another name is linked, and nobody is made', async (t) => {
  const dateline = await start(t)
  const { body: known } = await dateline.post('/v1/people', {
    name: 'Adaeze Okafor',
    aliases: ['Ada Okafor'],
  })
  const { body } = await paste(dateline, STORY)
  t.equal(body.people[0].personId, known.id)
  t.equal(body.quotes[0].speakerId, known.id)
  t.equal((await dateline.get('/v1/people?count=true')).body.page.total, 1)
  const nicknamed = await paste(
    dateline,
    STORY.replace('Minister Ada Okafor told', 'Minister Ada “Addy” Okafor told'),
  )
  t.equal(nicknamed.body.people[0].personId, known.id)
  const other = await paste(dateline, 'Ferry runs\n\n“It runs,” said Captain Robert "Bobby" Hayes.')
  t.match(other.body.people, [
    {
      person: {
        name: 'Robert "Bobby" Hayes',
        slug: 'robert-bobby-hayes',
        aliases: ['Robert Hayes', 'Bobby Hayes'],
      },
    },
  ])
})

t.test('the text stays on the version that it made, byte for byte, for those who read drafts', async (t) => {
  const dateline = await start(t)
  const latin = Buffer.from(`Caf\xe9 opens\n\nThe caf\xe9 by the quay opened.\n`, 'latin1')
  const { body } = await paste(dateline, latin)
  t.equal(body.headline, 'Café opens')
  const url = `/v1/articles/${body.id}/versions/1/source`
  const response = await dateline.app.inject({
    url,
    headers: { authorization: `Bearer ${dateline.tokens.viewer}` },
  })
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'text/plain; charset=windows-1252')
  t.ok(response.rawPayload.equals(latin))
  t.equal((await dateline.get(url)).status, 401)
  t.equal((await dateline.get(`/v1/articles/${body.id}/versions/2/source`, { as: 'viewer' })).status, 404)
  await dateline.delete(`/v1/articles/${body.id}?purge=true`, { as: 'admin' })
  t.equal((await dateline.get(url, { as: 'viewer' })).status, 410)
  const rows = await dateline.storage.read(({ db }) => db.selectFrom('sources').selectAll().execute())
  t.strictSame(rows, [])
})

t.test('pasted HTML is read as text, without its scripts', async (t) => {
  const dateline = await start(t)
  const html = `<h1>Ferry stays</h1><script>alert("x")</script><p>“We have found the money,” said Ada Okafor.</p>`
  const { status, body } = await paste(dateline, html, '', { headers: { 'content-type': 'text/html' } })
  t.equal(status, 201)
  t.equal(body.headline, 'Ferry stays')
  t.notMatch(body.body, /alert|<p>/)
  t.match(body.quotes, [{ text: 'We have found the money' }])
})

t.test('with Accept: text/plain the answer can be read in a terminal, and typed from', async (t) => {
  const dateline = await start(t)
  const accept = { headers: { accept: 'text/plain' } }
  const { status, headers, text } = await paste(dateline, STORY, '?source=The+Harbour+Post', accept)
  t.equal(status, 201)
  t.equal(headers['content-type'], 'text/plain; charset=utf-8')
  const html = { headers: { accept: 'text/html' } }
  t.equal((await paste(dateline, STORY, '?dryRun=true', html)).body.type, 'article')
  const [publish = '', confirm = ''] = [...text.matchAll(/^ {4}(curl .*)$/gm)].map(([, line = '']) => line)
  const told = text
    .replaceAll(publish, 'curl 1')
    .replaceAll(confirm, 'curl 2')
    .replace(/(quote|person)_\w{26}/g, '$1_…')
  t.equal(
    told,
    `Ferry line will stay open, says Okafor
  status    draft
  address   http://localhost/v1/articles/ferry-line-will-stay-open-says-okafor?at=latest
  dated     2021-03-03T16:15:00.000Z in the text; a draft keeps no date (see Next)
  language  en
  picture   Transport Minister Ada Okafor in Port Elin on 2 March 2021 / Harbour Post/Jon Vale
  words     42

Quotes
  1.  “We have found the money”
      Ada Okafor (high: “Okafor” and a verb of saying follow the words)
      quote_…
  2.  “Nobody will be left on the quay.”
      Ada Okafor (medium: the words before, in the same paragraph, are theirs)
      quote_…
  3.  “It was about time.”
      nobody yet; perhaps Ada Okafor (the last who spoke)
      quote_…

People
  Ada Okafor (Transport Minister): subject
    person_…

Related links
  Islanders ask for a bridge

Left out
  The Harbour Post – news from the coast

Look at
  These lines above the headline were left out.
  The time names no zone and was taken as UTC. Name the zone with timezone=Europe/London.
  1 of 3 quotes have no speaker yet.

Next
  Publish it with the people who are drafts as well, dated 2021-03-03T16:15:00.000Z as in the text:
    curl 1
  If Ada Okafor said quote 3:
    curl 2
`,
  )
  const url = '/v1/articles/ferry-line-will-stay-open-says-okafor'
  for (const line of [publish, confirm]) {
    const [, method = 'POST', path = '', json = ''] =
      /^curl -s (?:-X (\w+) )?http:\/\/localhost(\S+) -H "authorization: Bearer \$TOKEN" --json '([^']*)'$/.exec(
        line,
      ) ?? []
    t.equal((await dateline[method === 'PATCH' ? 'patch' : 'post'](path, JSON.parse(json))).status, 200)
  }
  const { body } = await dateline.get(`${url}?include=people,quotes.speaker`)
  t.match(body, {
    ...{ status: 'live', publishedAt: '2021-03-03T16:15:00.000Z' },
    people: [{ person: { status: 'live' } }],
  })
  t.equal(body.quotes[2].speaker.name, 'Ada Okafor')
  const dry = (await paste(dateline, STORY, '?dryRun=true', accept)).text
  t.match(dry, 'The same text was pasted before')
  t.match(dry, 'Nothing was saved. Sent again without dryRun=true, it is.')
  t.notMatch(dry, /(?:quote|person)_|curl/)
  const other = STORY.replace(/.*Okafor told.*/, 'Ada Okafor met Tom Birch.')
  const now = (await paste(dateline, other, '?publish=now', accept)).text
  t.match(now, 'The same headline is that of')
  t.match(
    now,
    /take this one away:\n {4}curl -s -X DELETE http:\/\/localhost\/v1\/articles\/article_\w{26} -H /,
  )
  t.match(now, /address {3}\S+-okafor-2\n {2}dated {5}2021-03-03T16:15:00.000Z\n/)
  const planned = (await paste(dateline, other, '?publish=2030-01-01', accept)).text
  t.match(planned, /status {4}scheduled\n.*\?at=latest\n {2}dated {5}2030-01-01T00:00:00.000Z\n/)
  const later = (await paste(dateline, STORY.replace('2021', '2022'), '', accept)).text
  t.notMatch(later, 'The same headline is that of')

  const unsure = 'Mill stays\n\n“It will never be sold,” Zorblat Quindle said.'
  const answer = (await paste(dateline, unsure, '', accept)).text
  const [, json = ''] = /If Zorblat Quindle said quote 1:\n {4}curl .* --json '(.*)'/.exec(answer) ?? []
  t.match(answer, /nobody yet; perhaps Zorblat Quindle, who is not known here \(“Zorblat Quindle” and/)
  const { results } = (await dateline.post('/v1/batch', JSON.parse(json))).body
  t.equal(results[1].document.speakerId, results[0].document.id)

  const open =
    'Mill stays\n\nMr Holm met Zorblat Mummel.” Mummel nodded.”\n\n“It is old and it turns,” a man said.'
  const known = (await paste(dateline, open, '', accept)).text
  t.match(known, /This quotation mark has no partner. \(2 times\)\n/)
  t.match(known, /If you know who said quote 1, .*SOMEBODY:\n {4}curl .*"speakerId":"SOMEBODY"/)
  const [, add = ''] =
    /If Zorblat Mummel is to be among its people:\n {4}curl .* --json '(.*)'/.exec(known) ?? []
  const added = (await dateline.post('/v1/batch', JSON.parse(add))).body.results[1].document
  t.equal(added.people.length, 2)
})

t.test('every rule about a speaker has its words, and the docs list them', (t) => {
  const docs = readFileSync(new URL('../../docs/intake.md', import.meta.url), 'utf8')
  for (const [rule, words] of Object.entries(ruleWords)) t.match(docs, `| \`${rule}\` | ${words} |`)
  for (const [ending, words] of Object.entries(ruleEndings)) t.match(docs, `| \`…/${ending}\` | ${words} |`)
  const rules = annotatedArticles('development').flatMap(({ text }) =>
    readStory(text).story.quotes.flatMap(({ rule, suggestion }) => [rule, suggestion?.rule ?? rule]),
  )
  for (const rule of new Set(rules)) {
    const [name = '', ending] = rule.split('/')
    t.ok(name in ruleWords && (ending === undefined || ending in ruleEndings), rule)
  }
  t.equal(
    inWords('quote-name-cue/pronoun', 'she'),
    '“she” and a verb of saying follow the words; “she” is most likely the last one whom it fits',
  )
  t.equal(inWords('a-new-rule', null), 'a new rule')
  t.end()
})

t.test('a text with nothing in it is refused with a code of its own', async (t) => {
  const dateline = await start(t)
  for (const nothing of [' ', '\n\n\u00a0\n', '\ufeff', '<p> </p>']) {
    const { status, body } = await paste(dateline, nothing, '', {
      headers: { 'content-type': nothing.startsWith('<') ? 'text/html' : 'text/plain' },
    })
    t.strictSame(
      [status, body.type, body.detail],
      [422, '/problems/empty_text', 'There is nothing to read in the text. Send the words of a story.'],
    )
  }
  for (const [document, kind] of [
    [Buffer.from('%PDF-1.7\n%\xe2\xe3\n', 'latin1'), 'a PDF document'],
    [Buffer.from('PK\x03\x04\x14\x00word/document.xml', 'latin1'), 'a document of a word processor'],
    ['{\\rtf1\\ansi Ferry stays}', 'a document of a word processor (RTF)'],
    ['--a1\r\nContent-Disposition: form-data; name="x"\r\n\r\nFerry', 'a form, as curl -F sends it'],
  ] as const) {
    const { status, body } = await paste(dateline, document)
    t.equal(status, 415, kind)
    t.ok(body.detail.startsWith(`This is ${kind}, and not text. Save the story as plain text`), kind)
  }
})

t.test('what is wrong with the options is said, and JSON takes none of them', async (t) => {
  const dateline = await start(t)
  for (const [query, detail] of [
    ['timezone=Mars', 'timezone: must be the name of a time zone such as Europe/London.'],
    ['language=!!', 'language: must be a BCP 47 language tag such as en, tr or pt-BR.'],
    ['source=', 'source: must have 1 to 200 characters.'],
  ]) {
    const { status, body } = await paste(dateline, STORY, `?${query}`)
    t.strictSame([status, body.detail], [400, detail])
  }
  const { status, body } = await dateline.post('/v1/articles?timezone=Europe/London', { headline: 'JSON' })
  t.strictSame(
    [status, body.errors],
    [
      400,
      [
        {
          parameter: 'timezone',
          code: 'not_allowed',
          detail: 'is for a text that is pasted. Leave it out, or send text/plain or text/html.',
        },
      ],
    ],
  )
})

t.test('a writer pastes drafts, and whoever may not write is refused before the text is read', async (t) => {
  const dateline = await start(t)
  t.equal((await paste(dateline, STORY, '', { as: 'viewer' })).status, 403)
  t.equal((await paste(dateline, STORY, '?publish=now', { as: 'writer' })).status, 403)
  const { status, body } = await paste(dateline, STORY, '', { as: 'writer' })
  t.strictSame([status, body.status, body.people[0].person.status], [201, 'draft', 'draft'])
})

t.test('a text of more than the limit is 413, and a headline that is too long 422', async (t) => {
  const dateline = await start(t)
  t.equal((await paste(dateline, 'a'.repeat(5 * 1024 * 1024))).status, 413)
  t.equal((await paste(dateline, `Headline\n\n${'word '.repeat(210_000)}`)).status, 422)
})

t.test('lines that are said to be of the site are left out wherever they stand', async (t) => {
  const dateline = await start(t)
  const text = 'Ferry stays\n\nThe ferry stays.\n\nRead by the sea\n\nIt sails at night.\n'
  const plain = await paste(dateline, text)
  t.match(plain.body.body, /Read by the sea/)
  const { body } = await paste(dateline, text, '?furniture=Read+by+the+sea|Another+line')
  t.notMatch(body.body, /Read by the sea/)
  t.match(body.intake.furniture, [{ text: 'Read by the sea' }])
  t.equal((await paste(dateline, text, '?furniture=a||b')).status, 400)
})

t.test(
  'of more quotations than an article may have, the first become quotes, and the others are suggested',
  async (t) => {
    const dateline = await start(t)
    const said = Array.from(
      { length: 1_010 },
      (_, index) => `“We counted boat ${index} today,” said Ada Okafor.`,
    )
    const { status, body } = await paste(dateline, `Boats counted\n\n${said.join('\n\n')}\n`)
    t.equal(status, 201)
    t.equal(body.quotes.length, 1_000)
    t.ok(body.quotes.every(({ anchor }: { anchor: { state: string } }) => anchor.state === 'exact'))
    t.ok(body.intake.warnings.some(({ code }: { code: string }) => code === 'too_many'))
    const { data } = (await dateline.get(`/v1/articles/${body.id}/suggestions`, { as: 'viewer' })).body
    t.strictSame([data.length, data[0]?.text], [10, 'We counted boat 1000 today'])
  },
)
