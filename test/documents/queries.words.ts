import fc from 'fast-check'

/** The few words of a small newsroom, and what a plain look at a text says of them: no index, no Unicode tables. */

/** Folded they are nine: several are typed in several ways. */
export const vocabulary = [
  ...['sea', 'SEA', 'séa', 'se\u0301a', 'seal', 'Law', 'LAW', 'lawyer', 'art'],
  ...['İzmir', 'IZMİR', 'ızmir', 'Straße', 'STRASSE', '東京', '京', 'law-art'],
]

/** What a query looks for: words, phrases and beginnings of either, and what is excluded. */
export const queries: fc.Arbitrary<string> = fc
  .tuple(termsOf(['']), fc.array(termsOf(['', '', '-']), { maxLength: 2, size: 'max' }))
  .map(([first, rest]) => [first, ...rest].join(' '))

function termsOf(signs: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...vocabulary, 'Ada', 'ÉMILE', 'sule', 'fin', 'smile', '0', '1', 'none')
  const beginning = fc.constantFrom('se', 'sea', 'SÉA', 'la', 'law', 'ız', 'Stra', 'emi', 'no')
  const phrase = fc.tuple(word, word).map((words) => words.join(' '))
  const forms = fc.oneof(
    { weight: 4, arbitrary: word },
    { weight: 2, arbitrary: beginning.map((text) => `${text}*`) },
    { weight: 2, arbitrary: phrase.map((text) => `"${text}"`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(word, fc.oneof(beginning, fc.constantFrom('s', 'l')))
        .map(([one, two]) => `“${one}, ${two}”*`),
    },
  )
  return fc.tuple(fc.constantFrom(...signs), forms).map(([sign, form]) => sign + form)
}

/** All that is wanted is in some of the texts, and nothing that is excluded. */
export function haveWords(texts: readonly string[], query: string): boolean {
  const all = texts.map(wordsOf)
  return (query.match(/-?["“][^"”]*["”]\*?|\S+/g) ?? []).every((term) => {
    const isExcluded = term.startsWith('-')
    const isThere = all.some((words) => stand(words, wordsOf(term), term.endsWith('*')))
    return isThere !== isExcluded
  })
}

function stand(words: readonly string[], wanted: readonly string[], mayGoOn: boolean): boolean {
  return words.some((_, start) =>
    wanted.every((word, index) => {
      const there = words[start + index] ?? ''
      return there === word || (mayGoOn && index === wanted.length - 1 && there.startsWith(word))
    }),
  )
}

const plain: Readonly<Record<string, string>> = {
  ...{ é: 'e', É: 'e', ë: 'e', ş: 's', Ş: 's', İ: 'i', ı: 'i', ß: 'ss', ﬁ: 'fi' },
  ...{ '\u0301': '', 東: ' 東 ', 京: ' 京 ' },
}

function wordsOf(text: string): string[] {
  const letters = [...text].map((letter) => plain[letter] ?? (/[a-z0-9]/i.test(letter) ? letter : ' '))
  return letters
    .join('')
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
}
