import { formatPatch, OMIT_HEADERS, type StructuredPatchHunk, structuredPatch } from 'diff'
import type { Content } from './definition.ts'
import { changedFields, fieldsOf } from './diff.ts'
import { type Line, textForm } from './text-form.ts'

/** What the two sides are called in the header. */
interface Labels {
  readonly before: string
  readonly after: string
}

/**
 * The contents of two versions as a unified diff that reads well in a terminal: of their text forms, with
 * the field of its first change beside the `@@` of each hunk. It is for people: a change of nothing but
 * white space may not show. Nothing in it controls the terminal.
 */
export function unifiedDiff(before: Content, after: Content, labels: Labels): string {
  const from = onOneLine(labels.before)
  const to = onOneLine(labels.after)
  const changed = new Set(changedFields(before, after))
  if (changed.size === 0) return `No difference between ${from} and ${to}.\n`
  const fields = fieldsOf(before, after)
  const was = textForm(fields.map((field) => [field, (changed.has(field) ? before : after)[field]]))
  const now = textForm(fields.map((field) => [field, after[field]]))
  const hunks = hunksOf(was, now)
  if (hunks.length === 0) return `No difference between ${from} and ${to} but in white space.\n`
  return visible(`--- ${from}\n+++ ${to}\n${hunks.map((hunk) => formatted(hunk, was, now)).join('')}`)
}

/** Unchanged lines before and after a change. */
const CONTEXT = 3

/** A comparison that takes about 0.1 s: a bound by a count, so that the answer is always the same. */
const MOST_EDITS = 1000

function hunksOf(was: readonly Line[], now: readonly Line[]): readonly StructuredPatchHunk[] {
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS }
  const patch = structuredPatch('', '', textOf(was), textOf(now), '', '', options)
  return patch?.hunks ?? [replacement(was, now)]
}

/** Where there is too much to compare: all is replaced but the lines that begin and end both. */
function replacement(was: readonly Line[], now: readonly Line[]): StructuredPatchHunk {
  const start = commonStart(was, now)
  const end = commonStart(was.slice(start).reverse(), now.slice(start).reverse())
  const first = Math.max(0, start - CONTEXT)
  const context = Math.min(end, CONTEXT)
  return {
    oldStart: first + 1,
    oldLines: was.length - end + context - first,
    newStart: first + 1,
    newLines: now.length - end + context - first,
    lines: [
      ...was.slice(first, start).map(({ text }) => ` ${text}`),
      ...was.slice(start, was.length - end).map(({ text }) => `-${text}`),
      ...now.slice(start, now.length - end).map(({ text }) => `+${text}`),
      ...was.slice(was.length - end, was.length - end + context).map(({ text }) => ` ${text}`),
    ],
  }
}

function commonStart(was: readonly Line[], now: readonly Line[]): number {
  const differing = was.findIndex(({ text }, index) => text !== now[index]?.text)
  return differing < 0 ? was.length : differing
}

function formatted(hunk: StructuredPatchHunk, was: readonly Line[], now: readonly Line[]): string {
  const patch = { oldFileName: '', newFileName: '', oldHeader: '', newHeader: '', hunks: [hunk] }
  return formatPatch(patch, OMIT_HEADERS).replace(/ @@$/m, (end) => `${end} ${fieldOf(hunk, was, now)}`)
}

/** The field of the first line that is removed or added. */
function fieldOf(hunk: StructuredPatchHunk, was: readonly Line[], now: readonly Line[]): string {
  const offset = hunk.lines.findIndex((line) => !line.startsWith(' '))
  const isRemoved = hunk.lines[offset]?.startsWith('-')
  const line = isRemoved ? was[hunk.oldStart - 1 + offset] : now[hunk.newStart - 1 + offset]
  return line?.field ?? ''
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => `${text}\n`).join('')
}

function onOneLine(label: string): string {
  return visible(label).replaceAll('\n', '␊')
}

/** Control characters (C0 and C1) but line end and tab as pictures of them, or by their numbers. */
function visible(text: string): string {
  return text.replace(/[^\n\t\P{Cc}]/gu, (control) => {
    const code = control.charCodeAt(0)
    if (code === 0x7f) return '␡'
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\x${code.toString(16)}`
  })
}
