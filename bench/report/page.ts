import { readFileSync, writeFileSync } from 'node:fs'

const PAGE = new URL('../../docs/performance.md', import.meta.url)

/** Writes what was measured into docs/performance.md; what is written there by hand stays. */
export function writePage(parts: ReadonlyMap<string, string>): void {
  let text = readFileSync(PAGE, 'utf8')
  for (const [name, part] of parts) text = replaceBetween(text, name, part)
  writeFileSync(PAGE, text)
}

/** Writes a plot beside it. */
export function writePlot(name: string, svg: string): void {
  writeFileSync(new URL(`performance-${name}.svg`, PAGE), svg)
}

/**
 * Replaces what is between `<!-- bench:name -->` and `<!-- /bench:name -->`.
 *
 * @throws Error when the text has no such place
 */
export function replaceBetween(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`There is no place for ${name}: ${begin} … ${end}`)
  return `${text.slice(0, from + begin.length)}\n${part}\n${text.slice(to)}`
}
