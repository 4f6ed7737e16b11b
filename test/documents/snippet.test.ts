import t from 'tap'
import { articles } from '../../src/content/articles.ts'
import { snippetsOf } from '../../src/documents/snippet.ts'
import { wordQuery } from '../../src/documents/word-query.ts'

/** The snippet of a body, in which this is looked for. */
function cutFrom(body: string, q: string): string {
  const query = wordQuery.parse(q)
  if (!query) throw new Error(q)
  return snippetsOf(articles, { body }, query)[0]?.html ?? ''
}

const filler = (length: number) => 'filler '.repeat(length / 7)

// biome-ignore format: a table
const rows: readonly (readonly [body: string, q: string, html: string])[] = [
  ['Says Lavrov.', 'putin', ''],
  ['Says Lavrov.', 'says -lavrov', '<mark>Says</mark> Lavrov.'],
  ['Says LAVROV, as Lavrovs do.', 'lavrov', 'Says <mark>LAVROV</mark>, as Lavrovs do.'],
  ['Says LAVROV, as Lavrovs do.', 'lav*', 'Says <mark>LAVROV</mark>, as <mark>Lavrovs</mark> do.'],
  ['A strategic ally, a strategic “ally”, no ally.', '"strategic ally"', 'A <mark>strategic ally</mark>, a <mark>strategic “ally</mark>”, no ally.'],
  ['one two three', '"one two" "two three"', '<mark>one two</mark> three'],
  ['Erdog\u0306an & İstanbul', 'erdogan istanbul', '<mark>Erdog\u0306an</mark> &amp; <mark>İstanbul</mark>'],
  ['<script>alert("x\'y")</script> </mark>', 'alert', '&lt;script&gt;<mark>alert</mark>(&quot;x&#39;y&quot;)&lt;/script&gt; &lt;/mark&gt;'],
  ['a < b', 'b', 'a &lt; <mark>b</mark>'],
  ['lt &lt; amp', 'lt', '<mark>lt</mark> &amp;<mark>lt</mark>; amp'],
  ['# One\n\nline\r\n\tof\u2028all  words ', 'line', '# One <mark>line</mark> of all words'],
  ['東京都', '京', '東<mark>京</mark>都'],
  ['smile😀smile ❤️smile', 'smile', '<mark>smile</mark>😀<mark>smile</mark> ❤️<mark>smile</mark>'],
  [`lavrov ${filler(350)}`, 'lavrov', `<mark>lavrov</mark> ${filler(231)}`.trim().concat(' …')],
  [`${filler(350)}lavrov`, 'lavrov', `… ${filler(56)}<mark>lavrov</mark>`],
  [`lavrov ${filler(350)}turkey lavrov ${filler(350)}`, 'lavrov turkey', `… ${filler(56)}<mark>turkey</mark> <mark>lavrov</mark> ${filler(168)}`.trim().concat(' …')],
  [`start ${'y'.repeat(300)} end`, 'y'.repeat(64), `start <mark>${'y'.repeat(234)}</mark> …`],
  [`start ${'y'.repeat(61)}${'𝒚'.repeat(200)} end`, `${'y'.repeat(64)}`, `start <mark>${'y'.repeat(61)}${'𝒚'.repeat(86)}</mark> …`],
  [`one${'.'.repeat(300)}two`, '"one two"', '<mark>one</mark> …'],
]

t.test('a snippet shows what was found, escaped, on one line', async (t) => {
  for (const [body, q, html] of rows) t.equal(cutFrom(body, q), html, `${q}: ${html.slice(0, 60)}`)
})

t.test('a snippet has no half of a character, wherever it is cut', async (t) => {
  for (const mark of ['lavrov', '😀lavrov', '東'])
    for (let before = 0; before < 80; before += 1) {
      const html = cutFrom(
        `${'.'.repeat(before)}${'😀'.repeat(before)}${mark}${'😀a'.repeat(120)}`,
        'lavrov 東',
      )
      t.ok(html.isWellFormed() && html.includes('<mark>'), html)
    }
  for (const before of [199_990, 199_991, 199_992, 199_993]) {
    const html = cutFrom(`${' '.repeat(before)}lavrov${'😀'.repeat(5)}`, 'lavrov')
    t.ok(html.isWellFormed() && html.includes('<mark>lavrov</mark>'), html)
  }
})

t.test('of words that are everywhere a snippet is as short as of others', async (t) => {
  for (const word of ['a ', '的', 'ab. '])
    for (const q of [word, `${word.trim()} `.repeat(60), 'ab* a 的'])
      t.ok(cutFrom(word.repeat(150_000), q).length < 5_000, `${q.slice(0, 10)} in ${word}`)
})

t.test('each field that has something of it has a snippet, in the order of the definition', async (t) => {
  const query = wordQuery.parse('lavrov turkey')
  const content = { body: 'On Turkey', headline: 'Says Lavrov', place: null, standfirst: 'Neither' }
  t.strictSame(query && snippetsOf(articles, content, query), [
    { field: 'headline', html: 'Says <mark>Lavrov</mark>' },
    { field: 'body', html: 'On <mark>Turkey</mark>' },
  ])
})
