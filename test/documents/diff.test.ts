import { applyPatch } from 'diff'
import fc from 'fast-check'
import t from 'tap'
import type { Content } from '../../src/documents/definition.ts'
import { changesSchema, compare, type WordChange } from '../../src/documents/diff.ts'
import { unifiedDiff } from '../../src/documents/diff-text.ts'
import { wordChanges } from '../../src/documents/diff-words.ts'
import { textForm } from '../../src/documents/text-form.ts'
import { amount } from '../support/torture.ts'

const numRuns = amount({ suite: 300, torture: 20_000 })
const labels = { before: 'version 1', after: 'version 2' }

/** Words of many scripts, what stands between them, and any other text: two of these have much in common. */
const prose = fc
  .array(
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom(...'Moscow|İstanbul|ılık|Баку|été|e\u0301|中国经济|👩‍👩‍👧|’s'.split('|')),
      },
      {
        weight: 9,
        arbitrary: fc.constantFrom(
          ' ',
          ' ',
          ' ',
          '. ',
          '.',
          ', ',
          '\n',
          '\n\n',
          '\r\n',
          '\t',
          '\u00a0',
          '。',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.join(''))

const value = fc.oneof(
  fc.constantFrom(null, 5, true, '', 'null', '5', '[]'),
  prose,
  fc.array(prose, { maxLength: 4 }),
  fc.array(fc.record({ as: prose, at: fc.constantFrom(null, 1) }), { maxLength: 3 }),
)
const contents = fc.record<Content>({ headline: value, body: value, tags: value })

/** `-removed-` and `+added+` in the text. */
function shown(changes: readonly WordChange[] = []): string {
  const signs = { same: '', removed: '-', added: '+' }
  return changes.map(({ op, text }) => signs[op] + text + signs[op]).join('')
}

function without(op: WordChange['op'], changes: readonly WordChange[]): string {
  return changes
    .filter((change) => change.op !== op)
    .map(({ text }) => text)
    .join('')
}

function asText(content: Content): string {
  return textForm(Object.entries(content))
    .map(({ text }) => `${text}\n`)
    .join('')
}

t.test('every field that differs is listed, in the order of what is now, and no other', async (t) => {
  const before = {
    gone: 1,
    headline: 'Talks',
    tags: ['a', 'b'],
    image: { credit: 'AA', caption: null },
    'a/b~c': 1,
  }
  const after = {
    'a/b~c': 2,
    image: { caption: null, credit: 'AA' },
    tags: ['b', 'a'],
    headline: 'Talks fail',
    place: 'Ankara',
    body: '',
  }
  const changes = await compare(before, after)
  t.strictSame(changes, [
    { pointer: '/a~1b~0c', was: 1, now: 2 },
    { pointer: '/tags', was: ['a', 'b'], now: ['b', 'a'] },
    {
      pointer: '/headline',
      was: 'Talks',
      now: 'Talks fail',
      words: [
        { op: 'same', text: 'Talks' },
        { op: 'added', text: ' fail' },
      ],
    },
    { pointer: '/place', was: null, now: 'Ankara' },
    { pointer: '/body', was: null, now: '' },
    { pointer: '/gone', was: 1, now: null },
  ])
  t.strictSame(changesSchema.parse(changes), changes)
})

t.test('a field that is absent is as good as null', async (t) => {
  t.strictSame(await compare({ place: null }, {}), [])
  t.strictSame(await compare({}, { place: null }), [])
})

t.test('texts are compared by words, in every script', async (t) => {
  for (const [was, now, expected] of [
    [
      'Russia never saw Turkey as a strategic ally, says Lavrov',
      'Russia has never seen Turkey as a strategic ally: Lavrov',
      'Russia+ has+ never -saw-+seen+ Turkey as a strategic ally-, says-+:+ Lavrov',
    ],
    ['the cat sat', 'cat and dog sat', '-the -cat+ and dog+ sat'],
    ['Moscow said', 'Yesterday Moscow said', '+Yesterday +Moscow said'],
    ['One. Two.', 'One.\n\nTwo.', 'One.- -+\n\n+Two.'],
    ['Türkiye’nin ılık şehri', 'Türkiye’nin ilik şehri', 'Türkiye’nin -ılık-+ilik+ şehri'],
    ['Москва и Баку говорят', 'Москва и Анкара говорят', 'Москва и -Баку-+Анкара+ говорят'],
    ['他说中国经济很好。', '他说日本经济很好。', '他说-中国-+日本+经济很好。'],
    ['Fine 👍🏽', 'Fine 👍', 'Fine -👍🏽-+👍+'],
    [
      'Ankara waits.\n\nMoscow does not.\n\nEnd.',
      'Moscow did not.\n\nEnd.',
      '-Ankara waits.\n\n-Moscow -does-+did+ not.\n\nEnd.',
    ],
    ['End.\n', 'End.\n\nMore soon.\n', 'End.+\n\nMore soon.+\n'],
  ] as const)
    t.equal(shown(wordChanges(was, now)), expected)
})

t.test('a sentence that has little in common with what it replaces is replaced whole', async (t) => {
  const was = 'Talks go on. The two sides met on Monday. It rains.'
  const now = 'Talks go on. Nothing came of it, the minister was told. It rains.'
  t.equal(
    shown(wordChanges(was, now)),
    'Talks go on. -The two sides met on Monday.-+Nothing came of it, the minister was told.+ It rains.',
  )
})

t.test('the words give back both texts, and neighbours are never of a kind', async () => {
  const property = fc.property(prose, prose, (was, now) => {
    const changes = wordChanges(was, now)
    const order = changes.map(({ op }) => op).join(' ')
    return (
      without('added', changes) === was &&
      without('removed', changes) === now &&
      changes.every(({ text }) => text !== '') &&
      !/same same|removed removed|added added|added removed/.test(order)
    )
  })
  fc.assert(property, { numRuns })
})

t.test('where there is too much to compare, all is removed and added', async (t) => {
  const many = (word: string, between: string) =>
    Array.from({ length: 1200 }, (_, index) => `${word}${index}`).join(between)
  for (const between of ['\n', '. ', ' ', '']) {
    const was = `Start${between}${many('A', between)}`
    const now = `Start${between}${many('B', between)}`
    const changes = [
      { op: 'removed', text: was },
      { op: 'added', text: now },
    ]
    t.strictSame(wordChanges(was, now), changes, JSON.stringify(between))
  }
  const long = 'so '.repeat(40_000)
  t.strictSame(wordChanges(`${long}it is`, `${long}it was`).length, 2, 'more than words are counted in')
})

t.test('a small change in a text of a million characters is found by its words', async (t) => {
  const half = 'The two sides met on Monday, and nothing came of it.\n\n'.repeat(10_000)
  const changes = wordChanges(`${half}Talks go on.\n\n${half}`, `${half}Talks do not go on.\n\n${half}`)
  t.strictSame(changes, [
    { op: 'same', text: `${half}Talks` },
    { op: 'added', text: ' do not' },
    { op: 'same', text: ` go on.\n\n${half}` },
  ])
})

t.test('a unified diff has a line for each short value and each sentence', async (t) => {
  const before = {
    headline: 'Talks fail',
    kind: 'news',
    standfirst: null,
    body: 'One is first. Two is second. Three is third. Four is fourth.\n\nFive is fifth.\nSix is sixth.',
    image: { caption: 'A square in Ankara', credit: null },
    tags: ['russia', 'turkey'],
    people: [
      { personId: 'person_1', as: 'subject' },
      { personId: 'person_2', as: 'mentioned' },
    ],
    wordCount: 18,
  }
  const after = {
    ...before,
    headline: 'Talks succeed',
    standfirst: 'At last',
    body: before.body.replace('Four is fourth', 'Four comes fourth'),
    people: [{ personId: 'person_1', as: 'author' }],
    tags: [],
  }
  t.equal(
    unifiedDiff(before, after, labels),
    `--- version 1
+++ version 2
@@ -1,22 +1,19 @@ headline
-headline: Talks fail
+headline: Talks succeed
 kind: news
+standfirst: At last
 body:
   One is first.
   Two is second.
   Three is third.
-  Four is fourth.
+  Four comes fourth.
 
   Five is fifth.↵
   Six is sixth.
 image:
   caption: A square in Ankara
   credit: null
-tags:
-  - russia
-  - turkey
+tags: []
 people:
   - personId: person_1
-    as: subject
-  - personId: person_2
-    as: mentioned
+    as: author
 wordCount: 18
`,
  )
})

t.test('each hunk names the field of its first change', async (t) => {
  const body = (word: string) => Array.from({ length: 12 }, (_, index) => `Line ${index}.\n`).join('') + word
  t.equal(
    unifiedDiff({ headline: 'A', body: body('A') }, { headline: 'B', body: body('B') }, labels),
    `--- version 1
+++ version 2
@@ -1,4 +1,4 @@ headline
-headline: A
+headline: B
 body:
   Line 0.↵
   Line 1.↵
@@ -12,4 +12,4 @@ body
   Line 9.↵
   Line 10.↵
   Line 11.↵
-  A
+  B
`,
  )
})

t.test('equal contents are said to be so, whatever the order of members', async (t) => {
  const said = 'No difference between version 1 and version 2.\n'
  t.equal(unifiedDiff({ a: { b: 1, c: 2 }, d: null }, { a: { c: 2, b: 1 } }, labels), said)
  t.equal(unifiedDiff({}, {}, labels), said)
})

t.test('a change of white space shows', async (t) => {
  const changed = (was: string, now: string) =>
    unifiedDiff({ body: was }, { body: now }, labels)
      .split('\n')
      .filter((line) => /^[-+] /.test(line))
  t.strictSame(changed('One.\n\nTwo. Three.', 'One.\n\nTwo.\nThree.'), ['-  Two.', '+  Two.↵'])
  t.strictSame(changed('One. Two.\n', 'One.  Two.\n'), ['-  One.', '+  One.␠'])
  t.strictSame(changed('So\nit is', 'So \t\nit is'), ['-  So', '+  So␠␉'])
  t.strictSame(unifiedDiff({ a: 'x' }, { a: 'x ' }, labels).split('\n').slice(3, 5), ['-a: x', '+a: "x "'])
})

t.test('a change that cannot show is said to be one', async (t) => {
  const said = 'No difference between version 1 and version 2 but in white space.\n'
  t.equal(unifiedDiff({ body: '好。好。\n' }, { body: '好。 好。\n' }, labels), said)
})

t.test('control characters in texts and labels do not reach the terminal', async (t) => {
  const before = { body: 'a\u001b[31m\u0000\u007f\u009b\r\n' }
  t.equal(
    unifiedDiff(before, { body: 'a\tb' }, { before: '\u001b[2J\n\u0085', after: 'now' }),
    `--- ␛[2J␊\\x85
+++ now
@@ -1,3 +1,1 @@ body
-body:
-  a␛[31m␀␡\\x9b␍
-
+body: a\tb
`,
  )
})

t.test('a unified diff of too much to compare replaces what lies between', async (t) => {
  const body = (word: string) => Array.from({ length: 600 }, (_, index) => `${word} ${index}`)
  const content = (word: string) => ({ a: 1, b: 2, c: 3, d: 4, body: body(word).join('\n'), e: 5, f: 6 })
  t.equal(
    unifiedDiff(content('A'), content('B'), labels),
    [
      '--- version 1\n+++ version 2\n@@ -3,605 +3,605 @@ body\n c: 3\n d: 4\n body:',
      ...body('A').map((line) => `-  ${line}`),
      ...body('B').map((line) => `+  ${line}`),
      ' e: 5\n f: 6\n',
    ].join('\n'),
  )
})

t.test('a unified diff turns the one text into the other, and has no control characters', async () => {
  const property = fc.property(contents, contents, (before, after) => {
    const text = unifiedDiff(before, after, labels)
    const isPlain = ![before, after].some((content) => /[^\n\t\P{Cc}]/u.test(asText(content)))
    const isApplied = text.startsWith('No difference')
      ? asText(before) === asText(after)
      : !isPlain || applyPatch(asText(before), text) === asText(after)
    return isApplied && text.endsWith('\n') && !/[^\n\t\P{Cc}]/u.test(text)
  })
  fc.assert(property, { numRuns })
})
