import fc from 'fast-check'
import t, { type Test } from 'tap'
import { type Anchor, anchorsIn } from '../../src/intake/anchor.ts'

/** The body, the quote, and what is found: the words of each part, with the state before them. */
const cases: readonly [fact: string, body: string, quote: string, found: readonly string[]][] = [
  [
    'words as they are',
    'The mayor said: “The bridge stays.”',
    'The bridge stays.',
    ['exact', 'The bridge stays.'],
  ],
  [
    'other quotation marks',
    `She called it «so-called "peace"» then.`,
    'so-called ‘peace’',
    ['exact', `so-called "peace`],
  ],
  ['an other apostrophe', '“We don’t know.”', "We don't know.", ['exact', 'We don’t know.']],
  [
    'line breaks and blanks',
    '“We do\n  not\u00A0know.”',
    'We do not  know.',
    ['exact', 'We do\n  not\u00A0know.'],
  ],
  [
    'a block quotation',
    'He wrote:\n\n> We do\n> not know.\n',
    'We do not know.',
    ['exact', 'We do\n> not know.'],
  ],
  ['emphasis', '“We do **not** _know_ it.”', 'We do not know it.', ['exact', 'We do **not** _know_ it.']],
  ['escapes', '“Item \\#4 is 2 \\* 3.”', 'Item #4 is 2 \\* 3.', ['exact', 'Item \\#4 is 2 \\* 3.']],
  [
    'a link',
    '“The [deal](https://example.org/a_b) is off.”',
    'The deal is off.',
    ['exact', 'The [deal](https://example.org/a_b) is off.'],
  ],
  [
    'an editor’s bracket',
    '“He, [the mayor], knew.”',
    'He, [the mayor], knew.',
    ['exact', 'He, [the mayor], knew.'],
  ],
  ['an ellipsis in dots', '“We wait… and see.”', 'We wait... and see.', ['exact', 'We wait… and see.']],
  ['the normal form NFC', '“I met Jose\u0301.”', 'I met José.', ['exact', 'I met Jose\u0301.']],
  ['a soft hyphen', '“It is stra\u00ADtegic.”', 'It is strategic.', ['exact', 'It is stra\u00ADtegic.']],
  [
    'an interruption',
    '“Such a bridge,” he added, “has its price.”',
    'Such a bridge has its price.',
    ['exact', 'Such a bridge', 'has its price.'],
  ],
  [
    'an interruption, with its comma',
    '“Such a bridge,” he added, “has its price.”',
    'Such a bridge, has its price.',
    ['exact', 'Such a bridge,', 'has its price.'],
  ],
  [
    'an ellipsis for what is between',
    '“It is late.” She paused. “We go.”',
    'It is late … we go.',
    ['moved', 'It is late', 'We go.'],
  ],
  [
    'two interruptions',
    '“No,” she said, “not,” and she paused, “yet.”',
    'No, not yet.',
    ['exact', 'No,', 'not', 'yet.'],
  ],
  [
    'several paragraphs',
    '“It is late.\n\n“We go.”',
    'It is late. We go.',
    ['exact', 'It is late.\n\n“We go.'],
  ],
  ['a comma for the full stop', '“We go,” he said.', 'We go.', ['exact', 'We go']],
  ['the quoted one of two places', 'They say we go. “We go,” he said.', 'We go', ['exact', 'We go']],
  ['characters beyond the first plane', '🎉👩‍🚀 “Yes 🎉!” 🎉', 'Yes 🎉!', ['exact', 'Yes 🎉!']],
  [
    'letters of their own',
    '“İbrahim ılık su içti.”',
    'İbrahim ılık su içti.',
    ['exact', 'İbrahim ılık su içti.'],
  ],
  ['text from right to left', 'قال: «لن \u200Fنذهب».', 'لن نذهب', ['exact', 'لن \u200Fنذهب']],
  ['a script without spaces', '他说：“桥会留下。”', '桥会留下', ['exact', '桥会留下']],
  ['agency marks', "''We go,'' he said, ''today.''", 'We go today.', ['exact', 'We go', 'today.']],
  ['a censored word', '“What the f***.”', 'What the f***.', ['exact', 'What the f***.']],
  [
    'a changed word',
    '“The old bridge stays where it is.”',
    'The old bridge remains where it is.',
    ['moved', 'The old bridge stays where it is.'],
  ],
  ['other capitals', '“the bridge”', 'The Bridge', ['moved', 'the bridge']],
  ['other punctuation', '“No, more.”', 'No more.', ['moved', 'No, more.']],
  ['a question', '“We go?”', 'We go.', ['exact', 'We go']],
  ['a sentence that goes on', '“We go home,” he said.', 'We go.', ['moved', 'We go']],
  [
    'a change beside an interruption',
    '“Such a bridge,” he added, “has a high price.”',
    'Such a bridge has its price.',
    ['moved', 'Such a bridge', 'has a high price.'],
  ],
  ['a negation that is gone', 'He is “guilty”.', 'not guilty', ['lost']],
  ['words of others', '“The weather is fine,” she said.', 'The bridge stays where it is.', ['lost']],
  ['a part of a word', 'It is an undertaking.', 'taking', ['lost']],
  ['no words', 'It is so…', '… “”', ['lost']],
  ['no body', '', 'We go.', ['lost']],
]

for (const [fact, body, quote, [state, ...parts]] of cases)
  t.test(`${state}: ${fact}`, async (t) => {
    const anchor = anchorsIn(body)(quote)
    t.equal(anchor.state, state)
    t.strictSame(
      anchor.parts.map(({ exact }) => exact),
      parts,
    )
    assertFits(t, body, anchor)
  })

t.test('offsets count code points, and what is around is up to 32 of them', async (t) => {
  const body = `${'🎉'.repeat(40)} “Yes.” ${'é'.repeat(40)}`
  t.strictSame(anchorsIn(body)('Yes.'), {
    state: 'exact',
    parts: [
      { exact: 'Yes.', prefix: `${'🎉'.repeat(30)} “`, suffix: `” ${'é'.repeat(30)}`, start: 42, end: 46 },
    ],
  })
})

t.test('in a body of a million characters it is found as well', async (t) => {
  const filler = (from: number) =>
    Array.from({ length: 70_000 }, (_, index) => `word${from + index}`).join(' ')
  const body = `${filler(0)} “Such an old bridge,” he added, “has a price.” ${filler(70_000)}`
  const anchors = anchorsIn(body)
  const told = (quote: string) => [anchors(quote).state, ...anchors(quote).parts.map(({ exact }) => exact)]
  t.strictSame(told('Such an old bridge has a price.'), ['exact', 'Such an old bridge', 'has a price.'])
  t.strictSame(told('Such an old bridge has its price.'), ['moved', 'Such an old bridge', 'has a price.'])
  t.strictSame(told('Nobody has said anything like that.'), ['lost'])
  const long = Array.from({ length: 50 }, (_, index) => `word${500 + index}`).join(' ')
  t.strictSame(told(long), ['exact', long])
  t.strictSame(told(long.replace('word510', 'another')), ['moved', long])
})

t.test('a quote that is longer than any body is not in it', async (t) => {
  for (const body of ['', 'we', 'we “go” home'])
    t.strictSame(anchorsIn(body)('we go '.repeat(50_000)), { state: 'lost', parts: [] })
})

const word = fc.constantFrom(
  'we',
  'We',
  'go',
  'not',
  'home',
  'bridge',
  'stays',
  'old',
  'the',
  'price',
  'é',
  '🎉',
)
const glue = fc.constantFrom(' ', ' ', ' ', ', ', '. ', ' “', '” ', ',” he said, “', '\n\n', '…', ' *', '* ')
const prose = fc
  .array(fc.tuple(word, glue), { maxLength: 60 })
  .map((pairs) => pairs.map(([each, after]) => each + after).join(''))
const anything = fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 200 }))

t.test('any input has an answer, the same each time, and its offsets fall on the words', async (t) => {
  fc.assert(
    fc.property(anything, anything, (body, quote) => {
      const anchor = anchorsIn(body)(quote)
      assertFits(t, body, anchor)
      const other = anchorsIn(body)
      other(body)
      t.strictSame(other(quote), anchor)
    }),
    { numRuns: 500 },
  )
})

t.test('what is cut from a body at its words is found there as it is', async (t) => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (words, one, other) => {
      const [from = 0, to = 0] = [one % words.length, other % words.length].sort((a, b) => a - b)
      const quote = words.slice(from, to + 1).join(' ')
      const { state, parts } = anchorsIn(words.join(' '))(quote)
      t.strictSame([state, parts.map(({ exact }) => exact)], ['exact', [quote]])
    }),
  )
})

t.test('an edit of the body never ties a quote to other words as exact', async (t) => {
  fc.assert(
    fc.property(prose, fc.nat(), fc.nat(), fc.nat(), prose, (body, from, length, at, inserted) => {
      const start = from % (body.length + 1)
      const quote = body.slice(start, start + 5 + (length % 60))
      const cut = at % (body.length + 1)
      const edited = body.slice(0, cut) + inserted.slice(0, 20) + body.slice(cut + (length % 7))
      for (const text of [body, edited]) {
        const { state, parts } = anchorsIn(text)(quote)
        if (state === 'exact') t.strictSame(spoken(parts.map(({ exact }) => exact).join(' ')), spoken(quote))
      }
    }),
    { numRuns: 1000 },
  )
})

/** The words of a text, read in a way of its own. */
function spoken(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+|🎉/gu) ?? []
}

function assertFits(t: Test, body: string, { state, parts }: Anchor): void {
  const points = [...body]
  t.equal(parts.length === 0, state === 'lost')
  let last = 0
  for (const { exact, prefix, suffix, start, end } of parts) {
    t.equal(points.slice(start, end).join(''), exact)
    t.equal(points.slice(Math.max(0, start - 32), start).join(''), prefix)
    t.equal(points.slice(end, end + 32).join(''), suffix)
    t.ok(last <= start && start < end)
    last = end
  }
}
