import type { Answer } from '../support/dateline.ts'

/** Everything that an answer says: its headers, its body, and what its cursors hold. */
export function allOf({ headers, text }: Answer): string {
  return opened(`${JSON.stringify(headers)}\n${text}`)
}

/** A text, and what the cursors in it hold. */
export function opened(text: string): string {
  const cursors = text.match(/(?<=cursor=|"(?:next|prev)":")[\w-]+/g) ?? []
  return [text, ...cursors.map(legible)].join('\n')
}

/** A cursor's key is an instant where it is no position. */
function legible(cursor: string): string {
  const json = Buffer.from(cursor, 'base64url').toString()
  return json.replace(/\d{12,}/, (instant) => new Date(Number(instant)).toISOString())
}

/** What is left of a refusal when what was asked for and the request itself are taken out. */
export function bare({ status, headers, body }: Answer, key = ''): string {
  const { date: _date, 'content-length': _length, ...head } = headers
  const { instance: _instance, requestId: _id, ...said } = body
  const detail = String(said.detail)
    .replaceAll(`"${key}"`, '"…"')
    .replace(/version \d+/, 'version …')
  return JSON.stringify([status, head, { ...said, detail }])
}

/** The whole answer, but for what is new in every one. */
export function whole({ status, headers, text }: Answer): string {
  const { date: _, ...head } = headers
  return JSON.stringify([status, head, text.replace(/"requestId":"[^"]*"/, '')])
}
