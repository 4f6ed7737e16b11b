import { type Piece, pieceOf } from './byline-piece.ts'
import { moved, type Range } from './source.ts'

/** Somebody who wrote the story, with what the line says that they are. */
export interface Author extends Range {
  readonly role: string | null
  readonly affiliation: string | null
}

/** What follows the “By”. */
export interface Byline extends Range {
  /** Nobody where a desk or an agency wrote it. */
  readonly people: readonly Author[]
}

/** The line that says who wrote a story, with ranges of the line; null for another one. */
export function readByline(line: string): Byline | null {
  const lead = line.length <= LONGEST ? LEAD.exec(line)?.[0].length : undefined
  if (lead === undefined) return null
  const pieces = piecesOf(line, lead)
  if (pieces[0]?.kind === 'unknown' || (/[.!?:]$/.test(line) && pieces.at(-1)?.kind === 'unknown'))
    return null
  return { from: lead, to: line.trimEnd().length, people: authorsIn(pieces) }
}

/** A name without a “By”; null where nobody is named. */
export function readBareByline(line: string): Byline | null {
  const byline = readByline(`${BY}${line}`)
  return byline && byline.people.length > 0 ? movedByline(byline, -BY.length) : null
}

const BY = 'By '

/** `Local Democracy Reporter` on a line of its own: what the author above it is. */
export function readDeskLine(line: string): Omit<Author, keyof Range> | null {
  const words = line.split(' ')
  if (words.length > LONGEST_DESK || !words.every((word) => /^\p{Lu}/u.test(word))) return null
  const piece = pieceOf(line)
  return piece.kind === 'desk' ? piece : null
}

/** With what a line below the byline says of its last author. */
export function withDesk(
  authors: readonly Author[],
  { role, affiliation }: Omit<Author, keyof Range>,
): Author[] {
  const last = authors.at(-1)
  if (!last) return []
  const told = { ...last, role: last.role ?? role, affiliation: last.affiliation ?? affiliation }
  return [...authors.slice(0, -1), told]
}

/** A byline with ranges of the text instead of its line. */
export function movedByline(byline: Byline, by: number): Byline {
  const people = byline.people.map((author) => ({ ...author, ...moved(author, by) }))
  return { ...moved(byline, by), people }
}

const LONGEST = 140
const LONGEST_DESK = 6
const LEAD =
  /^(?:(?:By|BY|Von|VON|Par|PAR|Yazan|De notre correspondante?|(?:Words|Text|Written|Reviewed|Compiled|Reported|Report|Story|Exclusive|EXCLUSIVE) (?:by|BY)):? |(?:Words|Text|Texte|Story|Report|Reporter|Author|Autor|Autorin|Auteur|Autrice) ?: )(?=\S)/
const BETWEEN = /(,? (?:and|und|et|ve|with|avec|mit|&|AND) | ?[,;] | [|–—-] )/

type Placed = Piece & { readonly at: number }

function piecesOf(line: string, lead: number): Placed[] {
  let at = lead
  return line
    .slice(lead)
    .trimEnd()
    .split(BETWEEN)
    .flatMap((text, index) => {
      const from = at
      at += text.length
      return index % 2 === 0 ? [{ ...pieceOf(text), at: from }] : []
    })
}

/** Each name with the role that stands beside it; what a line says of an agency counts for all names before it. */
function authorsIn(pieces: readonly Placed[]): Author[] {
  let authors: Author[] = []
  let role: string | null = null
  for (const piece of pieces) {
    const { affiliation } = piece
    if (piece.kind === 'name') {
      authors.push({ ...moved(piece.name, piece.at), role: piece.role ?? role, affiliation })
      role = null
    } else if (piece.kind === 'desk' && authors.length === 0) role = piece.role
    else if (piece.kind === 'desk') authors = withDesk(authors, piece)
    if (piece.kind === 'outlet')
      authors = authors.map((author) => ({ ...author, affiliation: author.affiliation ?? affiliation }))
  }
  return authors
}
