import fc from 'fast-check'
import t from 'tap'
import { bodyHtml } from '../../src/feeds/body-html.ts'
import { plainText } from '../../src/feeds/plain-text.ts'
import { textFragment } from '../../src/feeds/text-fragment.ts'

const text = [
  'He was heard on Wednesday. “Such a partnership,” he added, “has a strategic nature in many areas.”',
  '“We don’t agree with the position - or so, & more.',
  'It is not over,” he said. The minister has said: “No.” And again: “No.”',
].join('\n')

t.test('words that are in the text are given as the text has them', async (t) => {
  t.equal(textFragment(text, 'heard  on\nWednesday'), ':~:text=heard%20on%20Wednesday')
  t.equal(textFragment(text, `"We don't agree`), ':~:text=%E2%80%9CWe%20don%E2%80%99t%20agree')
})

t.test('the characters that mean something in a directive are encoded', async (t) => {
  t.equal(
    textFragment(text, 'the position - or so, & more.'),
    ':~:text=the%20position%20%2D%20or%20so%2C%20%26%20more.',
  )
})

t.test('what the article interrupts is given in parts', async (t) => {
  t.equal(
    textFragment(text, 'Such a partnership has a strategic nature in many areas.'),
    ':~:text=Such%20a%20partnership&text=has%20a%20strategic%20nature%20in%20many%20areas.',
  )
})

t.test('parts of few words are given where they are all there, and near each other', async (t) => {
  const said = '“No,” she said, “not yet.”'
  t.equal(textFragment(said, 'No not yet.'), ':~:text=No&text=not%20yet.')
  t.equal(textFragment(said, 'No not ever.'), undefined)
  t.equal(textFragment(said.replace('she', 'she '.repeat(40)), 'No not yet.'), undefined)
})

t.test('of words that are there in part, the first part is given', async (t) => {
  t.equal(
    textFragment(text, 'Such a partnership is what nobody wrote down'),
    ':~:text=Such%20a%20partnership',
  )
})

t.test('words that are not there are not given', async (t) => {
  for (const words of ['Nobody said this.', 'such A partnership', 'artnershi', ' '])
    t.equal(textFragment(text, words), undefined, words)
})

t.test('what runs over two blocks is given by its first and its last words', async (t) => {
  t.equal(
    textFragment(text, 'We don’t agree with the position - or so, & more. It is not over'),
    ':~:text=We%20don%E2%80%99t%20agree%20with%20the,It%20is%20not%20over',
  )
})

t.test('what is long is given by its ends, and by as many last words as it takes', async (t) => {
  const long = `One two three four five six ${'seven eight '.repeat(10)}a b c d e f ${'nine '.repeat(10)}a b c d e`
  t.equal(textFragment(long, long), ':~:text=One%20two%20three%20four%20five,nine%20a%20b%20c%20d%20e')
  const word = 'ü'.repeat(200)
  t.equal(textFragment(word, word), `:~:text=${'%C3%BC'.repeat(200)}`)
  t.equal(textFragment(`${word} b`, `${word} b`), `:~:text=${'%C3%BC'.repeat(200)},b`)
})

t.test('what stands in the page earlier as well is given with its surroundings', async (t) => {
  t.equal(
    textFragment(text, 'has said', 'Not over, the minister has said'),
    ':~:text=said.%20The%20minister-,has%20said,-%3A%20%E2%80%9CNo.%E2%80%9D%20And',
  )
})

t.test('what a body says is what a reader sees of it', async (t) => {
  const body =
    '# A *b*\n\nOne  \ntwo `<i>` &amp; **th**ree\n\n- x\n- y\n\n<table><tr><td>1</td><td>2</td></tr></table>'
  t.equal(plainText(bodyHtml(body)), 'A b\nOne two <i> & three\nx\ny\n1\n2')
})

t.test('any passage of a text whose words are all different leads to itself', async (t) => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 })
  const property = fc.property(lengths, fc.nat(), fc.nat(), (paragraphs, from, count) => {
    const words = paragraphs.flatMap((length, line) => Array.from({ length }, (_, n) => `w${line}-${n},`))
    const lines = paragraphs.map((_, line) => words.filter((word) => word.startsWith(`w${line}-`)).join(' '))
    const start = from % words.length
    const passage = words.slice(start, start + 1 + (count % 80))
    t.equal(passageAt(lines.join('\n'), textFragment(lines.join('\n'), passage.join(' '))), passage.join(' '))
  })
  fc.assert(property, { numRuns: 200 })
})

/** What a browser marks, by the fragment. */
function passageAt(text: string, fragment = ''): string {
  const [first = '', last] = fragment
    .replace(/^:~:text=/, '')
    .split(',')
    .map(decodeURIComponent)
  const start = text.indexOf(first)
  const end =
    last === undefined ? start + first.length : text.indexOf(last, start + first.length) + last.length
  return text.slice(start, end).replaceAll('\n', ' ')
}
