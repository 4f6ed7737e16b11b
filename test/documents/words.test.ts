import fc from 'fast-check'
import t from 'tap'
import { lookupsOf, type WordQuery, wordQuery } from '../../src/documents/word-query.ts'
import { indexedText, wordsByRule, wordsIn } from '../../src/documents/words.ts'
import { assertProblem, told, wrongParameter } from '../http/problem.ts'
import { start } from '../support/dateline.ts'

// biome-ignore format: a table
const texts: readonly (readonly [text: string, words: string])[] = [
  ['', ''],
  ['Russia never considered Turkey', 'russia never considered turkey'],
  ['İstanbul ISTANBUL ıstanbul istanbul', 'istanbul istanbul istanbul istanbul'],
  ['IĞDIR ığdır', 'igdir igdir'],
  ['Erdoğan ERDOĞAN Erdog\u0306an', 'erdogan erdogan erdogan'],
  ['café CAFE\u0301', 'cafe cafe'],
  ['Straße STRASSE STRAẞE', 'strasse strasse strasse'],
  ['Œuvre æon smørrebrød Łódź Đakovo þing', 'oeuvre aeon smorrebrod lodz dakovo thing'],
  ['ΟΔΟΣ οδός ὁδός', 'οδοσ οδοσ οδοσ'],
  ['Ёлка ЙОД', 'елка иод'],
  ['שָׁלוֹם שלום', 'שלום שלום'],
  ['مُحَمَّد محمد العـــربية', 'محمد محمد العربية'],
  ['대한민국 대한민국', '대한민국 대한민국'],
  ['東京都', '東 京 都'],
  ['カタカナ ひらがな', 'カ タ カ ナ ひ ら が な'],
  ['NATO加盟', 'nato 加 盟'],
  ['\u{20000}\u{20001}', '\u{20000} \u{20001}'],
  ['葛\u{e0100}', '葛'],
  ['กรุงเทพ', 'ก รุ ง เ ท พ'],
  ['नमस्ते', 'नमस्ते'],
  ['co\u00adop\u00ader\u00adate cooperate', 'cooperate cooperate'],
  ['trailing\u00ad hyphen', 'trailing hyphen'],
  ["don't O’Brien l'été мʼята", 'don t o brien l ete м ята'],
  ['state-owned, 3.14; a_b', 'state owned 3 14 a b'],
  ['one\u200btwo\u00a0three\u2028four', 'one two three four'],
  ['😀 smile😀d 👩‍👧 🇹🇷', 'smile d'],
  ['❤️Turkey 1️⃣st', 'turkey 1st'],
  ['ﬁn of the oﬃce', 'fin of the office'],
  ['２０２０ Ａｎｋａｒａ', '2020 ankara'],
  ['٢٠٢٠', '٢٠٢٠'],
  ['x² ⅷ', 'x2 viii'],
  ['\u0301abc', 'abc'],
  ['NOT near* ^headline: "AND"', 'not near headline and'],
  ['x'.repeat(64), 'x'.repeat(64)],
  ['x'.repeat(65), 'x'.repeat(64)],
  ['\u{10400}'.repeat(65), '\u{10428}'.repeat(64)],
]

/** What is kept of a document with these texts. */
function kept(...texts: readonly (string | readonly string[] | null)[]): string {
  return indexedText({ searched: Object.keys(texts) }, { ...texts })
}

t.test('words are told apart and folded alike, whatever they were typed with', async (t) => {
  for (const [text, expected] of texts) {
    const words = Array.from(wordsIn(text), ({ folded }) => folded)
    t.equal(words.join(' '), expected, `“${expected.slice(0, 40)}”`)
    t.equal(kept(expected), kept(text), 'what is folded is folded already')
  }
})

t.test('the index has the words of a text, whatever stands between them', async (t) => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...texts.flatMap(([text]) => text.split(' ')),
      '’',
      '“',
      '…',
      '\u00ad',
      '\u200d',
      '\u0301',
    ),
    fc.constantFrom(' ', '\n', '-', '_', '.', '\u00a0', '\u2027', '\u2028', '\ud83d'),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const words = [...wordsByRule(text)]
      t.strictSame(wordsIn(text), words, 'by their letters as by the rule')
      t.equal(kept(text), `${words.map(({ folded }) => ` ${folded}`).join('')} `)
    }),
    { numRuns: 300 },
  )
})

t.test('a word stands where it begins and ends in the text', async (t) => {
  const text = '😀 “Erdog\u0306an”, co\u00adop 東京.'
  const shown = Array.from(wordsIn(text), ({ start, end }) => text.slice(start, end))
  t.strictSame(shown, ['Erdog\u0306an', 'co\u00adop', '東', '京'])
})

t.test('several texts are apart, so that no phrase crosses from one to the next', async (t) => {
  t.equal(kept('One two', '', 'Three'), ' one two \n \n three ')
  t.equal(kept('One', null, ['Two three', 'Four'], [], 'Five'), ' one \n \n two three \n four \n five ')
  t.equal(kept(), ' ')
  t.equal(kept('…', '§x!'), ' \n x ')
})

t.test('of a text of more than a million bytes the words at its beginning are kept whole', async (t) => {
  for (const word of ['abc', 'été\u0131', '東', '\u{20000}', 'ы'.repeat(63)]) {
    const all = kept(`${word} `.repeat(1_100_000 / (Buffer.byteLength(kept(word)) - 1)))
    t.ok(Buffer.byteLength(all) <= 1_000_000 && Buffer.byteLength(all) > 999_800, word)
    t.equal(all.at(-1), ' ', 'a blank is the last')
    t.strictSame([...new Set(all.split(' '))], ['', ...kept(word).trim().split(' ')], word)
  }
  const exact = `${'a'.repeat(63)} `.repeat(15_625).slice(0, -1)
  t.equal(Buffer.byteLength(kept(exact.slice(1))), 1_000_000)
  t.equal(Buffer.byteLength(kept(exact)), 999_937, 'a word that goes over is left out')
})

/** A query, and its terms as they are meant: phrases with dots, `*` for what goes on, `-` for what is excluded. */
// biome-ignore format: a table
const queries: readonly (readonly [query: string, terms: string])[] = [
  ['lavrov', 'lavrov'],
  ['  Lavrov   LAVROV\tÉté\n', 'lavrov ete'],
  ['"strategic ally"', 'strategic.ally'],
  ['“strategic ally”', 'strategic.ally'],
  ['„strategic ally“ «says Lavrov»', 'strategic.ally says.lavrov'],
  ['"strategic ally', 'strategic.ally'],
  ['lavrov "', 'lavrov'],
  ['lavrov ""', 'lavrov'],
  ['says"strategic ally"lavrov', 'says strategic.ally lavrov'],
  ['a"b', 'a b'],
  ['turk*', 'turk*'],
  ['"strategic all"*', 'strategic.all*'],
  ['"strategic all*"', 'strategic.all'],
  ['tu*rk', 'tu.rk'],
  ['**', ''],
  ['lavrov *', 'lavrov'],
  ['state-owned', 'state.owned'],
  ["don't", 'don.t'],
  ['3.14', '3.14'],
  ['東京', '東.京'],
  ['東京*', '東.京*'],
  ['lavrov -syria', 'lavrov -syria'],
  ['lavrov -"strategic ally" -turk*', 'lavrov -strategic.ally -turk*'],
  ['lavrov --syria', 'lavrov -syria'],
  ['lavrov -', 'lavrov'],
  ['lavrov - syria', 'lavrov syria'],
  ['lavrov AND NOT (syria OR NEAR)', 'lavrov and not syria or near'],
  ['headline:lavrov ^x', 'headline.lavrov x'],
  ['lavrov 😀', 'lavrov'],
  [`${'x'.repeat(80)}`, 'x'.repeat(64)],
  [`${'x'.repeat(80)}*`, `${'x'.repeat(64)}*`],
  [Array.from({ length: 32 }, (_, index) => `w${index}`).join(' '), Array.from({ length: 32 }, (_, index) => `w${index}`).join(' ')],
  ['a '.repeat(150), 'a'],
]

t.test('a query is words, phrases, beginnings and what is excluded', async (t) => {
  for (const [query, expected] of queries) {
    const { data } = wordQuery.safeParse(query)
    t.equal(data === undefined ? '' : written(data), expected, `“${expected.slice(0, 60)}”`)
  }
})

function written({ wanted, excluded }: WordQuery): string {
  const term = ({ words, isPrefix }: WordQuery['wanted'][number]) => words.join('.') + (isPrefix ? '*' : '')
  return [...wanted.map(term), ...excluded.map((each) => `-${term(each)}`)].join(' ')
}

t.test(
  'an index is asked for every word that is wanted, once, but not for one letter that may go on',
  async (t) => {
    for (const [query, expected] of [
      ['lavrov "strategic ally" turk* -syria', 'lavrov strategic ally turk*'],
      ['ally "strategic ally" "an ally"*', 'ally strategic an ally*'],
      ['"strategic a"* 東京*', 'strategic 東'],
    ] as const) {
      const { data } = wordQuery.safeParse(query)
      const lookups = data === undefined ? [] : lookupsOf(data)
      t.equal(lookups.map(({ word, isPrefix }) => word + (isPrefix ? '*' : '')).join(' '), expected)
    }
  },
)

const NOTHING = 'must have a word to look for, such as lavrov.'
const SHORT = 'must have at least 2 letters before a *.'

// biome-ignore format: a table
const refused: readonly (readonly [query: string, detail: string])[] = [
  ['', NOTHING],
  ['%20%20', NOTHING],
  ['""', NOTHING],
  ['*', NOTHING],
  ['-', NOTHING],
  ['!?…', NOTHING],
  ['😀', NOTHING],
  ['❤️', NOTHING],
  ['lavrov%00', 'must be well-formed Unicode without NUL.'],
  ['-syria', 'must have a word to look for besides what is excluded, such as lavrov.'],
  ['-"strategic ally" -turk*', 'must have a word to look for besides what is excluded, such as lavrov.'],
  ['t*', SHORT],
  ['lavrov -t*', SHORT],
  ['"t"*', SHORT],
  ['東*', SHORT],
  ['x'.repeat(301), 'must have at most 300 characters.'],
  ['😀'.repeat(301), 'must have at most 300 characters.'],
  [Array.from({ length: 33 }, (_, index) => `w${index}`).join('%20'), 'must have at most 32 words.'],
  [Array.from({ length: 33 }, (_, index) => `w${index}`).join('.'), 'must have at most 32 words.'],
  [`w-${Array.from({ length: 16 }, (_, index) => index).join('-')}%20-${Array.from({ length: 16 }, (_, index) => index).join('-')}`, 'must have at most 32 words.'],
]

t.test('a query that means nothing is refused with what to do, by lists and by the search', async (t) => {
  const dateline = await start(t)
  for (const path of ['/v1/search', '/v1/articles', '/v1/people'])
    for (const [query, detail] of refused) {
      const instance = `${path}?q=${encodeURI(decodeURI(query))}`
      assertProblem(
        t,
        await dateline.get(instance),
        wrongParameter('q', 'malformed', detail, told(instance)),
        query.slice(0, 40),
      )
    }
})
