import MarkdownIt from 'markdown-it'

const { unescapeAll } = new MarkdownIt().utils

/** The value of an attribute, as it stands in a tag; undefined where it has none. */
export function attribute(attributes: string, name: string): string | undefined {
  const pattern = patterns[name] ?? patternOf(name)
  patterns[name] = pattern
  const match = pattern.exec(attributes)
  const value = match && (match[1] ?? match[2] ?? match[3] ?? '')
  return value?.replace(/&[#\w]{1,32};/g, unescapeAll).trim()
}

/** Only addresses of the Web: a link must not run anything. */
export function addressIn(attributes: string, name: string): string | undefined {
  const address = attribute(attributes, name) ?? ''
  return /^https?:\/\/[^\s\\<>]+$/i.test(address) && URL.canParse(address) ? address : undefined
}

/** One for each name that the rules ask for. */
const patterns: Record<string, RegExp> = {}

function patternOf(name: string): RegExp {
  return new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, 'i')
}
