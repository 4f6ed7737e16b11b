/** Words that belong to the surname after them: Le Goff, van den Berg, De La Rosa, bin Tariq. */
const PARTICLE =
  /^(?:de|del|della|delle|degli|di|da|do|dos|das|du|des|d|la|le|les|los|van|von|der|den|dem|het|ten|ter|te|zu|zum|zur|bin|bint|ibn|al|el|ben|abu|af|av|mac|mc|ní|nic|st|san|santa|saint)\.?$/i
const PREFIX = /^(?:al-|el-|as-)/i
const JUNIOR = /^(?:Jr\.?|Sr\.?|I{2,3}|IV)$/

export function isParticle(word: string): boolean {
  return PARTICLE.test(word)
}

/** What somebody may be called after the whole name was given. */
export function surnamesOf(name: readonly string[]): string[] {
  const words = withoutJunior(name)
  const last = words.at(-1) ?? ''
  const double = words.length > 2 ? words.slice(-2).join(' ') : last
  return [...new Set([bare(last), last, surnameOf(name), double])]
}

/** The last word with its particles. */
export function surnameOf(name: readonly string[]): string {
  const words = withoutJunior(name)
  let start = words.length - 1
  while (start > 1 && isParticle(words[start - 1] ?? '')) start -= 1
  return words.slice(start).join(' ')
}

function withoutJunior(name: readonly string[]): readonly string[] {
  return name.length > 2 && JUNIOR.test(name.at(-1) ?? '') ? name.slice(0, -1) : name
}

/** Assad for al-Assad. */
export function bare(word: string): string {
  return word.replace(PREFIX, '').replace(/^(?:d|l)['’]/i, '')
}

/** Topçu for `Topçu’nun`: Turkish sets its endings apart from names. */
export function withoutSuffix(word: string): string {
  return word.replace(/(\p{L}{2})['’]\p{Ll}{1,4}$/u, '$1')
}

/** `De Souza` and `de Souza` are the same surname. */
export function keyOf(words: string): string {
  return words.includes(' ') ? words.toLowerCase() : words
}
