/**
 * Which of a few languages a text is in, by the small words that only that one has. Nothing where too few
 * are there, or where two languages come near each other.
 */
export function languageOf(text: string): string | null {
  const words =
    text
      .slice(0, SAMPLE)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const counts = Object.entries(small).map(([language, list]): [string, number] => [
    language,
    words.filter((word) => list.has(word)).length,
  ])
  const [[first, most] = ['', 0], [, second] = ['', 0]] = counts.sort(([, a], [, b]) => b - a)
  return most >= 5 && most >= second * 2 ? first : null
}

const SAMPLE = 20_000

const small: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set('the and of that with was has for were which have from this they said by'.split(' ')),
  fr: new Set('le les des est une dans pour qui que sur avec il elle du au par ont'.split(' ')),
  de: new Set('der das und ist nicht mit sich auf dem den eine von zu sie ein auch für'.split(' ')),
  tr: new Set('ve bir bu için ile olarak da çok daha olan dedi gibi ama kadar olduğunu'.split(' ')),
  es: new Set('el los las una por con para que del se no lo más está fue'.split(' ')),
  it: new Set('il gli una per con che della di non sono alla del nel anche ha'.split(' ')),
}
