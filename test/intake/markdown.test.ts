import fc from 'fast-check'
import t from 'tap'
import { content } from '../../src/content/index.ts'
import { DatelineError } from '../../src/errors.ts'
import { markdown } from '../../src/feeds/markdown.ts'
import type { Story } from '../../src/feeds/story.ts'
import { readMarkdown } from '../../src/intake/markdown.ts'
import { person, quote, relatedLink, story } from '../feeds/stories.ts'

t.test('front matter and body are read', async (t) => {
  t.strictSame(
    readMarkdown(
      '---\nheadline: A story\ntags: [a, b]\nimage:\n  url: https://example.org/\n---\n\nOne.\n\nTwo.\n',
    ),
    {
      content: {
        headline: 'A story',
        tags: ['a', 'b'],
        image: { url: 'https://example.org/' },
        body: 'One.\n\nTwo.',
      },
      version: undefined,
    },
  )
})

t.test('one empty line before the body and one end of line after it are not of the body', async (t) => {
  const bodies = {
    '': '',
    a: 'a',
    '\na\n': 'a',
    '\n\na\n\n': '\na\n',
    '\n---\n': '---',
    '\n--- x\n': '--- x',
  }
  for (const [below, body] of Object.entries(bodies))
    t.equal(readMarkdown(`---\nheadline: A\n---\n${below}`).content.body, body)
  t.strictSame(readMarkdown('---\n---').content, { body: '' })
  t.strictSame(readMarkdown('---  \n# nothing yet\n--- \t\n').content, { body: '' })
})

t.test('a text with the line ends of Windows is read like any other', async (t) => {
  const text = '---\nstandfirst: |-\n  One.\n  Two.\n---\n\nThree.\n\nFour.\n'
  t.strictSame(readMarkdown(text.replaceAll('\n', '\r\n')), readMarkdown(text))
  t.equal(readMarkdown('---\n---\n\na\r\nb\r\n').content.body, 'a\r\nb\r')
})

t.test('a version is what the text was made from', async (t) => {
  t.strictSame(readMarkdown('---\nversion: 7\n---\n'), { content: { body: '' }, version: 7 })
  for (const version of ['0', '-1', '1.5', '"7"', 'latest', '[7]', '1e99'])
    t.strictSame(refusal(`---\nversion: ${version}\n---\n`), {
      code: 'invalid_content',
      message: '/version must be the number of a version.',
      items: [{ pointer: '/version', code: 'wrong_type', detail: 'must be the number of a version.' }],
      extensions: {},
    })
})

t.test('what is wrong in front matter is told with its place', async (t) => {
  const cases: Record<string, readonly [line: number, column: number, detail: string]> = {
    'headline: A': [1, 1, 'The first line must be ---: front matter stands between two such lines'],
    ' ---\n---\n': [1, 1, 'The first line must be ---: front matter stands between two such lines'],
    '---\nheadline: A\n----\n': [1, 1, 'A second line --- must end the front matter'],
    '---\nheadline: A\nplace: B: C\n---\n': [
      3,
      8,
      'A text with a colon in it needs quotation marks around it',
    ],
    '---\r\nheadline: A\r\nplace: B: C\r\n---\r\n': [
      3,
      8,
      'A text with a colon in it needs quotation marks around it',
    ],
    '---\nheadline: "A\n---\n': [3, 1, 'Missing closing "quote'],
    '---\n\theadline: A\n---\n': [2, 1, 'Tabs are not allowed as indentation'],
    '---\n- a\n---\n': [2, 1, 'It must have lines such as headline: …'],
    '---\nheadline: A\nheadline: B\n---\n': [3, 1, 'headline is given more than once'],
    '---\nsource: {name: a, name: b}\n---\n': [2, 19, 'name is given more than once'],
    '---\n[a]: b\n---\n': [2, 1, 'The name of a field must be a text'],
    '---\nplace: &a B\nbyline: *a\n---\n': [3, 9, 'Aliases (*) are not taken here: write it out'],
    '---\nplace: !!binary aGk=\n---\n': [2, 17, 'Tags (!) are not taken here'],
    '---\nplace: !!js/function x\n---\n': [2, 8, 'Unresolved tag: tag:yaml.org,2002:js/function'],
    '---\nheadline: A\n...\nplace: B\n---\n': [4, 1, 'A line ... has no place in it'],
    [`---\na: ${'['.repeat(64)}${']'.repeat(64)}\n---\n`]: [2, 67, 'Values are nested more than 64 deep'],
    [`---\na: ${'['.repeat(99_999)}\n---\n`]: [2, 0, 'Values are nested more than 64 deep'],
    [`---\na: ${'b'.repeat(262_144)}\n---\n`]: [
      1,
      1,
      'It may have 262144 characters. Send what is longer as JSON',
    ],
  }
  for (const [text, [line, column, detail]] of Object.entries(cases)) {
    const { code, message, extensions, items } = refusal(text)
    const at = column === 0 ? Number(extensions.column) : column
    t.strictSame(
      { code, message, extensions, items },
      {
        code: 'malformed_front_matter',
        message: `The front matter cannot be read. ${detail} (line ${line}, column ${at}).`,
        extensions: { line, column: at },
        items: [],
      },
      text.slice(0, 80),
    )
  }
})

t.test('the body stands below the front matter', async (t) => {
  t.equal(refusal('---\nbody: a\n---\n').message, '/body stands below the front matter, not in it.')
})

t.test('no key is more than a key', async (t) => {
  const { content } = readMarkdown('---\n__proto__: {admin: true}\nconstructor: a\n<<: {b: c}\n---\n')
  t.strictSame(Object.keys(content), ['__proto__', 'constructor', '<<', 'body'])
  t.equal(Object.getPrototypeOf(content), Object.prototype)
  t.equal(content.admin, undefined)
})

t.test('what is rendered is read as it was, whatever is in it', async (t) => {
  const property = fc.property(stories, (told) => {
    const { content, version } = readMarkdown(markdown(told))
    t.equal(version, told.version)
    for (const { schemas } of articles)
      t.strictSame(schemas.replacement.parse(content), schemas.replacement.parse(inJson(told)))
  })
  fc.assert(property, { numRuns: 300 })
})

const articles = content.filter(({ type }) => type === 'article')

const awkward = fc.constantFrom(
  ...[
    '---',
    '--- ',
    '...',
    '# a',
    ': ',
    'a: b',
    '- a',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '|',
    '>',
    '"',
    "'",
  ],
  ...[
    '\\',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '!x',
    '%',
    '@',
    '`',
    'yes',
    'null',
    '~',
    '5',
    '1e3',
    '0x1f',
    '.inf',
  ],
  ...[
    '2020-10-14',
    '\u0001',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u00a0',
    '😀',
    'é',
    'שלום',
    '<b>',
    '?',
    ',',
    '=',
    '<<',
  ],
)
const text = fc.oneof(
  fc
    .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 8 })
    .map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }).map((some) => some.toWellFormed().replaceAll('\0', '')),
)
const line = text.map((some) => some.replace(/[\r\n\u2028\u2029]/g, '').trim() || 'x')
const words = text.map((some) => some.trim() || 'x')
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value)
const position = fc.integer({ min: 0, max: 4 })
const url = fc.constantFrom('https://example.org/', 'https://example.org/?a=b: c#d'.replace(' ', ''))
const source = fc.record({ name: line, url: maybe(url) })
const image = fc.record({ url: maybe(url), caption: maybe(text), credit: maybe(line) })
const speaker = fc.constantFrom(person(), null)

const stories: fc.Arbitrary<Story> = fc
  .record({
    headline: line,
    body: text,
    standfirst: maybe(text),
    kind: fc.constantFrom('news', 'opinion'),
    language: maybe(fc.constantFrom('en', 'no', 'tr')),
    place: maybe(line),
    byline: maybe(line),
    source: maybe(source),
    image: maybe(image),
    tags: fc.array(fc.constantFrom('a', '5', 'null', 'yes', 'middle-east'), { maxLength: 3 }),
    people: fc.array(
      speaker.map((who) => ({ personId: person().id, as: 'subject', person: who })),
      { maxLength: 2 },
    ),
    quotes: fc.array(
      fc
        .record({
          text: words,
          role: maybe(line),
          saidOn: maybe(fc.constantFrom('2020', '2020-10', '2020-10-14')),
          setting: maybe(line),
          via: maybe(line),
          original: maybe(fc.record({ text: words, language: maybe(fc.constant('ru')) })),
          position,
          speaker,
          speakerId: fc.constantFrom(person().id, null),
        })
        .map((some) => quote({ ...some, speakerId: some.speaker ? some.speaker.id : some.speakerId })),
      { maxLength: 3 },
    ),
    relatedLinks: fc.array(
      fc.record({ title: line, url: maybe(url), position }).map((some) => relatedLink(some)),
      { maxLength: 2 },
    ),
  })
  .map((some) => story(some))

/** What a client would send of it as JSON. An absent position is the place in the list. */
function inJson({ people, quotes, relatedLinks, ...told }: Story): object {
  const {
    id: _i,
    version: _v,
    createdAt: _c,
    publishedAt: _p,
    updatedAt: _u,
    corrections: _o,
    wordCount: _w,
    ...own
  } = told
  const placed = <Part extends { position: number }>(part: Part, index: number) => {
    const { position, ...rest } = part
    return position === index + 1 ? rest : part
  }
  return {
    ...own,
    people: people.map(({ person, personId, as }) =>
      person ? { person: person.slug, as } : { personId, as },
    ),
    ...(quotes.length > 0 && {
      quotes: quotes
        .map(({ speaker, speakerId, ...rest }) => ({
          ...rest,
          ...(speaker ? { speaker: speaker.slug } : { speakerId }),
        }))
        .map(placed),
    }),
    ...(relatedLinks.length > 0 && { relatedLinks: relatedLinks.map(placed) }),
  }
}

function refusal(text: string): Pick<DatelineError, 'code' | 'message' | 'items' | 'extensions'> {
  try {
    readMarkdown(text)
  } catch (error) {
    if (!(error instanceof DatelineError)) throw error
    const { code, message, items, extensions } = error
    return { code, message, items, extensions }
  }
  throw new Error(`It is taken: ${text}`)
}
