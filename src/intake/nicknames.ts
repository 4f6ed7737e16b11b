/** Pairs of marks with something between them. */
const MARKED = ['“M”', '"M"', "''M''", '‘M’', "'M'(?!')", '„M[“”]', '‚M‘', '«M»']
  .map((pair) => pair.replace('M', '[^“”"‘’\'„‚«»]+'))
  .join('|')
const WORDS = '\\p{Lu}[\\p{L}\\p{M}-]*\\.?(?: (?:the |of |de |la )?\\p{L}[\\p{L}\\p{M}-]*){0,2}'

/**
 * A nickname in quotation marks or brackets, as it stands inside a name: Robert “Bobby” Hayes. That its marks are a
 * pair is looked for ahead, so that its words need not stand in the expression eight times, which takes long to compile.
 */
export const NICKNAME = `(?:(?=${MARKED})(?:''|« ?|[“"‘'„‚])${WORDS}(?:''| ?»|[”"’'“‘])|\\(\\p{Lu}\\p{Ll}+\\))`

const WORD = new RegExp(`${NICKNAME}|[^ ]+`, 'gu')

/** The words of a name, with their places in it. A nickname with its marks is one. */
export function wordsOfName(name: string): { text: string; at: number }[] {
  if (/[“"‘'„‚«(]/.test(name))
    return Array.from(name.matchAll(WORD), ({ 0: text, index }) => ({ text, at: index }))
  let end = -1
  const words = name.split(' ').map((text) => {
    const at = end + 1
    end = at + text.length
    return { text, at }
  })
  return words.filter(({ text }) => text !== '')
}

export function isNickname(word: string): boolean {
  return /^[“"‘'„‚«(]/.test(word)
}

/**
 * The names for which one with a nickname in it stands, in words: without the nickname, and with it in the place of
 * the given names. A name without one stands for itself.
 */
export function formsOf(words: readonly string[]): (readonly string[])[] {
  const at = words.findIndex(isNickname)
  if (at < 0) return [words]
  const rest = words.slice(at + 1)
  const nickname = (words[at] ?? '').replace(/^[“"‘'„‚« (]+|[”"’'“‘» )]+$/g, '')
  const called = /^(?:The|Der|Die|Das|Le|La|El) /.test(nickname) ? [] : [[...nickname.split(' '), ...rest]]
  return [[...words.slice(0, at), ...rest], ...called]
}

/** Robert Hayes and Bobby Hayes for `Robert “Bobby” Hayes`; none for a name without a nickname. */
export function aliasesOf(name: string): string[] {
  const words = wordsOfName(name).map(({ text }) => text)
  return words.some(isNickname) ? formsOf(words).map((form) => form.join(' ')) : []
}
