import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import t from 'tap'
import { type Intake, readStory } from '../../src/intake/story.ts'
import { folded, normaliseText } from '../../src/intake/text.ts'
import { annotatedArticles } from './annotated.ts'

const article = fc.constantFrom(...annotatedArticles('development').map(({ text }) => text))
const marks = fc.constantFrom(
  ...[
    '“',
    '”',
    '"',
    "''",
    '‘',
    '’',
    "'",
    '«',
    '»',
    '„',
    '‚',
    '‹',
    '›',
    '\n',
    '\n\n',
    ' ',
    '. ',
    ', ',
    ':',
    '…',
    '[',
    ']',
  ],
  ...[
    'said',
    ' said Ana Costa',
    'Ana Costa said ',
    'the minister said',
    'she said',
    ' told ',
    'Mr ',
    'al-',
    'de ',
    'J. K. ',
  ],
  ...[
    'READ: x',
    'By Ana Costa',
    'March 4, 2024',
    '<p>',
    '</p>',
    '<b>',
    '&amp;',
    '<!--',
    '<script>',
    'â€œ',
    'Ã©',
    '👩🏽‍🌾',
    '\uD800',
    '\0',
    'İ',
    '\u2067',
  ],
)
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(marks, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc
    .tuple(article, article, fc.nat(), fc.nat(), fc.array(marks, { maxLength: 8 }))
    .map(([one, other, from, to, pieces]) => {
      const [at, end] = [from % one.length, to % other.length]
      return one.slice(0, at) + pieces.join('') + other.slice(end)
    }),
)

t.test('any text gives an answer whose spans lie in it and in order', async (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { length } = [...normaliseText(text)]
      for (const { start, end } of spansOf(readStory(text)))
        if (!(start >= 0 && start <= end && end <= length)) throw new Error(`${start}-${end} of ${length}`)
    }),
    { numRuns: 500 },
  )
  t.pass()
})

t.test('spans fall on the words', async (t) => {
  const plain = anyText.filter((text) => !/[<â]|Ã|ð/.test(text))
  fc.assert(
    fc.property(plain, (text) => {
      const points = [...normaliseText(text)]
      const { story, fields, furniture, quotedWords } = readStory(text)
      const wordsAt = ({ start, end }: { start: number; end: number }) =>
        folded(points.slice(start, end).join(''))
      for (const quote of story.quotes) {
        const parts = quote.parts.map(wordsAt)
        same(bare(quote.text), bare(parts.join('')))
        if (quote.mention) same(quote.mention.text, wordsAt(quote.mention.span))
      }
      for (const one of [...furniture, ...quotedWords]) same(one.text, wordsAt(one.span))
      if (fields.headline?.span) same(story.headline, wordsAt(fields.headline.span))
      if (fields.byline?.span) same(story.byline, wordsAt(fields.byline.span))
      for (const person of story.people) for (const span of person.spans) same(true, wordsAt(span).length > 0)
    }),
    { numRuns: 500 },
  )
  t.pass()
})

t.test('the same text gives the same bytes, and line ends do not matter', async (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = text.replaceAll('\r', '')
      const once = JSON.stringify(readStory(lines))
      same(once, JSON.stringify(readStory(lines)))
      same(once, JSON.stringify(readStory(lines.replaceAll('\n', '\r\n'))))
    }),
    { numRuns: 200 },
  )
  t.pass()
})

t.test('a body is paragraphs of plain words, whatever was pasted', async (t) => {
  const commonMark = new MarkdownIt('commonmark')
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        fc
          .array(fc.constantFrom(...'#*_`[]()<>!&;\\-+=~|1. a:/\n'), { maxLength: 60 })
          .map((all) => `Head\n\n${all.join('')}`),
      ),
      (text) => {
        const { body } = readStory(text).story
        const kinds = new Set(
          commonMark
            .parse(body, {})
            .flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]),
        )
        for (const kind of [
          'paragraph_open',
          'paragraph_close',
          'inline',
          'text',
          'text_special',
          'link_open',
          'link_close',
        ])
          kinds.delete(kind)
        same([...kinds].join(' '), '')
      },
    ),
    { numRuns: 1000 },
  )
  t.pass()
})

t.test('a speaker is never of low confidence, and people that are pointed at exist', async (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { quotes, people } = readStory(text).story
      for (const { speaker, confidence, suggestion, candidates } of quotes) {
        same(confidence === 'low', speaker === null)
        for (const index of [speaker, suggestion?.person ?? null, ...candidates])
          if (index !== null) same(true, people[index] !== undefined && people[index].as !== 'author')
      }
    }),
    { numRuns: 300 },
  )
  t.pass()
})

function bare(text: string): string {
  return text.replace(/[\s,]/g, '')
}

function same(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`)
}

function spansOf({ story, fields, furniture, warnings, quotedWords }: Intake) {
  return [
    ...story.quotes.flatMap(({ parts, insertions, mention }) => [
      ...parts,
      ...insertions,
      ...(mention ? [mention.span] : []),
    ]),
    ...story.people.flatMap(({ spans }) => spans),
    ...[...story.relatedLinks, ...furniture, ...quotedWords].map(({ span }) => span),
    ...[...Object.values(fields), ...warnings].flatMap(({ span }) => span ?? []),
  ]
}
