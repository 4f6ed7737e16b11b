/** What the OpenAPI document says of headers: of answers, and of requests that write. */

export const headers = {
  ETag: text(
    'The tag of this representation. A document’s begins with its version.',
    '"7-k3JhX0Vd5yq2M1nB8sQw4A"',
  ),
  'Cache-Control': text(
    'What anyone may read is fresh for five seconds; what a token reads is not stored.',
    'public, max-age=5',
  ),
  'Last-Modified': text(
    'When what is shown went live; only without a token and without expansions.',
    'Thu, 15 Oct 2020 14:07:00 GMT',
  ),
  Vary: text('What else the answer depends on.', 'accept, authorization, accept-encoding'),
  Link: text(
    'The pages before and after, and where the present is when the past was read.',
    '</v1/…?cursor=WzE2>; rel="next"',
  ),
  Location: text('Where the document is.', '/v1/…/a-slug'),
  'X-Robots-Tag': text('`noindex` on everything read with `at`.', 'noindex'),
  'WWW-Authenticate': text('What kind of token is wanted (RFC 6750).', 'Bearer realm="dateline"'),
  'Preference-Applied': text('The preference that was honoured (RFC 7240).', 'return=minimal'),
  'Idempotency-Replayed': text('The request was done before; this is what it answered then.', 'true'),
  'Retry-After': text('In how many seconds to try again.', '5'),
}

export const ifMatch = {
  name: 'if-match',
  in: 'header',
  required: false,
  description:
    'The tag of the version that the change was made from; only its version counts, so `"7"` will do. A newer one answers 412.',
  schema: { type: 'string', examples: ['"7"'] },
}

export const ifNoneMatch = {
  name: 'if-none-match',
  in: 'header',
  required: false,
  description: '`*`: create, and never replace. What is there already answers 412.',
  schema: { type: 'string', enum: ['*'] },
}

export const idempotencyKey = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'Makes it safe to send the request again: for 24 hours the same key, method, address and body get the first answer, and nothing is done twice.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    examples: ['5a1f8f6e-0c8c-4b7e-9d53-0f8c1b1c7d11'],
  },
}

export const prefer = {
  name: 'prefer',
  in: 'header',
  required: false,
  description:
    '`return=minimal` answers 204 with the headers alone; `handling=strict` refuses with 422 (`words_lost`) what would be saved with a notice of a loss (RFC 7240).',
  schema: { type: 'string', examples: ['return=minimal'] },
}

export const datelineNote = {
  name: 'dateline-note',
  in: 'header',
  required: false,
  description: 'What you say about the change, as in a commit message; the parameter `note` does the same.',
  schema: { type: 'string', maxLength: 1000, examples: ['The mayor called back'] },
}

/** References to some of `headers`. */
export function refs(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function text(description: string, example: string) {
  return { description, schema: { type: 'string', examples: [example] } }
}
