import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
} from 'yaml'
import { DatelineError } from '../errors.ts'

/** In UTF-16 units: the parser takes its time, and an editor's own front matter is far below. */
const LONGEST = 256 * 1024
const DEEPEST = 64

export interface Markdown {
  /** As the front matter has it, and with the `body`. */
  readonly content: Readonly<Record<string, unknown>>
  /** The version that the text was made from. */
  readonly version: number | undefined
}

/**
 * Reads front matter and body: a line `---`, YAML 1.2 (its core schema, without tags and aliases), a line
 * `---`, an empty line, CommonMark. One empty line before the body and one end of line after it are not of
 * the body. Where the first line ends as on Windows, the others are taken to, and are stored as `\n`.
 *
 * @param longest of the front matter, in UTF-16 units; for files of one's own there is no need of a limit
 * @throws DatelineError `malformed_front_matter` with `line` and `column` from the top of the text, or
 *   `invalid_content` for what has no place in front matter
 */
export function readMarkdown(given: string, longest = LONGEST): Markdown {
  const text = /^---[ \t]*\r\n/.test(given) ? given.replaceAll('\r\n', '\n') : given
  const { front, body } = split(text, longest)
  const { version, ...rest } = members(front)
  if ('body' in rest) throw misplaced('body', 'not_allowed', 'stands below the front matter, not in it.')
  if (version !== undefined && !isVersion(version))
    throw misplaced('version', 'wrong_type', 'must be the number of a version.')
  return { content: { ...rest, body }, version }
}

function split(text: string, longest: number): { front: string; body: string } {
  const start = /^---[ \t]*\n/.exec(text)?.[0].length
  if (start === undefined)
    throw malformed('The first line must be ---: front matter stands between two such lines', 1, 1)
  const end = /^---[ \t]*(?:\n|$)/m
  const [line] = end.exec(text.slice(start)) ?? []
  const at = text.slice(start).search(end)
  if (line === undefined) throw malformed('A second line --- must end the front matter', 1, 1)
  const front = text.slice(start, start + at)
  if (front.length > longest)
    throw malformed(`It may have ${longest} characters. Send what is longer as JSON`, 1, 1)
  const below = text.slice(start + at + line.length)
  return { front, body: below.replace(/^\n/, '').replace(/\n$/, '') }
}

function members(front: string): Readonly<Record<string, unknown>> {
  const lines = new LineCounter()
  const document = parseDocument(front, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // it compares each with each; `assertPlain` does not
  })
  const refuse = (detail: string, offset: number) => {
    const { line, col } = lines.linePos(offset)
    return malformed(detail, line + 1, col) // below the first ---
  }
  const [fault] = [...document.errors, ...document.warnings]
  if (fault) throw refuse(sayings[fault.code] ?? fault.message, fault.pos[0])
  const { contents } = document
  if (contents === null) return {}
  if (!isMap(contents)) throw refuse('It must have lines such as headline: …', contents.range[0])
  assertPlain(contents, refuse)
  return document.toJS({ maxAliasCount: 0 })
}

const tooDeep = `Values are nested more than ${DEEPEST} deep`

/** What the parser says in its own terms. */
const sayings: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: tooDeep,
  BLOCK_AS_IMPLICIT_KEY: 'A text with a colon in it needs quotation marks around it',
  NON_STRING_KEY: 'The name of a field must be a text',
  MULTIPLE_DOCS: 'A line ... has no place in it',
}

/** YAML can say more than JSON; what is more is refused. */
function assertPlain(root: ParsedNode, refuse: (detail: string, offset: number) => DatelineError): void {
  let level: ParsedNode[] = [root]
  for (let depth = 1; level.length > 0; depth += 1) {
    for (const node of level) {
      if (depth > DEEPEST) throw refuse(tooDeep, node.range[0])
      if (isAlias(node)) throw refuse('Aliases (*) are not taken here: write it out', node.range[0])
      if (node.tag !== undefined) throw refuse('Tags (!) are not taken here', node.range[0])
      const twice = isMap(node) ? repeatedKey(node.items) : undefined
      if (twice) throw refuse(`${twice.name} is given more than once`, twice.offset)
    }
    level = level.flatMap(childrenOf)
  }
}

function childrenOf(node: ParsedNode): ParsedNode[] {
  if (isSeq(node)) return node.items as ParsedNode[] // of a parsed sequence
  if (!isMap(node)) return []
  return node.items.flatMap(({ key, value }) => [key, value] as ParsedNode[]).filter(isNode) as ParsedNode[]
}

function repeatedKey(items: readonly unknown[]): { name: string; offset: number } | undefined {
  const seen = new Set<string>()
  for (const item of items) {
    if (!isPair(item) || !isScalar(item.key)) continue
    const name = String(item.key.value)
    if (seen.has(name)) return { name, offset: item.key.range?.[0] ?? 0 }
    seen.add(name)
  }
  return undefined
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function malformed(detail: string, line: number, column: number): DatelineError {
  return new DatelineError(
    'malformed_front_matter',
    `The front matter cannot be read. ${detail} (line ${line}, column ${column}).`,
    { extensions: { line, column } },
  )
}

function misplaced(name: string, code: 'not_allowed' | 'wrong_type', detail: string): DatelineError {
  return new DatelineError('invalid_content', `/${name} ${detail}`, {
    items: [{ pointer: `/${name}`, code, detail }],
  })
}
