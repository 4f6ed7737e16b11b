import { readStory } from '../src/intake/story.ts'
import { annotatedArticles, score } from '../test/intake/annotated.ts'
import { pasting } from './pasting.ts'

/**
 * How well and how fast pasted stories are read. `--errors` lists what is wrong in the development half; the
 * held-out half is there to be measured and not to be looked at.
 */
const REPEATS = 3
const SIZES = [10_000, 100_000, 1_000_000, 2_000_000]

console.log(
  '| articles | spans F1 | with speaker F1 | right where high | of |\n| --- | ---: | ---: | ---: | ---: |',
)
for (const half of ['development', 'held-out'] as const) {
  const articles = annotatedArticles(half)
  const tell = process.argv.includes('--errors') && half === 'development' ? console.error : undefined
  const { spans, speakers, high, sure } = score(articles, (text) => readStory(text), tell)
  console.log(`| ${articles.length} ${half} | ${spans} | ${speakers} | ${high} | ${sure} |`)
}

const texts = annotatedArticles('development').map(({ text }) => text)
console.log('\n| characters | ms |\n| ---: | ---: |')
for (const size of SIZES) {
  const text = texts
    .join('\n\n')
    .repeat(Math.ceil(size / texts.join('\n\n').length))
    .slice(0, size)
  const times = Array.from({ length: REPEATS }, () => {
    const began = performance.now()
    readStory(text)
    return performance.now() - began
  })
  console.log(`| ${size} | ${Math.round(Math.min(...times))} |`)
}

/** What might be read again and again: four times as much text must not take much more than four times as long. */
const hostile: Readonly<Record<string, string>> = {
  'one paragraph': 'Anna Holm said “yes, it is so.” ',
  pronouns: 'Anna Holm came to us. “It is so,” she said. ',
  'many paragraphs': 'He said.\n\n“It is open here.\n\n',
  'short lines': 'a\n',
  'open quotes': '“',
  apostrophes: " 'a ",
  'nested quotes': '“‘',
  tags: '<p',
  'open comments': '<!--',
  'open scripts': '<script>',
  capitals: 'A ',
  initials: 'J. K. ',
  appositions: 'Anna Holm, a b c, ',
  'verbs of saying': '“x,” said ',
  nominals: 'the a an ',
  'full stops': '. ',
  brackets: '[](',
  'wrong letters': 'â€œ',
  dates: 'March 4, 2024\n\n',
  captions: 'A mill (AP)\n\n',
}
console.log('\n| of nothing but | ms for 100,000 | for 400,000 |\n| --- | ---: | ---: |')
for (const [name, unit] of Object.entries(hostile)) {
  const [once = 0, fourfold = 0] = [100_000, 400_000].map((size) => {
    const text = `A headline\n\n${unit.repeat(size / unit.length)}`
    const began = performance.now()
    readStory(text)
    return performance.now() - began
  })
  console.log(`| ${name} | ${Math.round(once)} | ${Math.round(fourfold)} |`)
}

const stories = texts.map((text, index) => `Story ${index}\n\n${text}`).join('\n\n')
const pasted = stories.repeat(Math.ceil(1_000_000 / stories.length)).slice(0, 950_000)
console.log(
  `\n| ${Math.round(Buffer.byteLength(pasted) / 1000)} kB pasted | ms | another's read meanwhile, ms | usually |\n| --- | ---: | ---: | ---: |`,
)
for (const [time, { milliseconds, meanwhile, usual }] of (await pasting(pasted)).entries())
  console.log(
    `| ${time === 0 ? 'first after the start' : 'again'} | ${Math.round(milliseconds)} | ${meanwhile.toFixed(2)} | ${usual.toFixed(2)} |`,
  )
