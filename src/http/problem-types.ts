import type { ErrorCode } from '../errors.ts'

export interface ProblemType {
  readonly status: number
  readonly title: string
  /** What it means and what to do, for the page at `/problems/<code>`. */
  readonly help: string
}

/** Every error code as HTTP says it (RFC 9457): the one table from codes to statuses. */
export const problemTypes: Readonly<Record<ErrorCode, ProblemType>> = {
  malformed_request: {
    status: 400,
    title: 'The request is not HTTP as we understand it',
    help: 'The bytes that arrived are no valid HTTP/1.1 request, or their address or text is badly encoded. A client library or curl sends well-formed ones.',
  },
  malformed_json: {
    status: 400,
    title: 'The body is not JSON',
    help: 'The body could not be parsed. `detail` gives the line and column of the first fault. Common ones are a trailing comma, single quotation marks, and a shell that swallowed the double ones.',
  },
  malformed_front_matter: {
    status: 400,
    title: 'The front matter cannot be read',
    help: 'A Markdown text begins with a line `---`, fields in YAML, and another line `---`; below them stands the body. `detail` says what is wrong there and gives the line and column. Common faults are a colon in a text that has no quotation marks around it, and tabs at the beginning of a line.',
  },
  invalid_query: {
    status: 400,
    title: 'A parameter in the address is unknown or wrong',
    help: 'Nothing in an address is ignored: each parameter must be known here, be given once and have a value of its type. `errors` names each that is not.',
  },
  invalid_cursor: {
    status: 400,
    title: 'The cursor does not belong to this list',
    help: 'A cursor continues exactly the query that it came from. Take `page.next` and `page.prev` as they are and keep the other parameters, or start again without a cursor.',
  },
  invalid_header: {
    status: 400,
    title: 'A header cannot be understood',
    help: 'A header of the request has a value that it cannot have. `errors` names it and says what it takes.',
  },
  invalid_id: {
    status: 400,
    title: 'That is not an id of this type',
    help: 'Ids start with the name of their type. The one in the address has another type, or is no id. Types that have slugs can also be addressed by those.',
  },
  token_missing: {
    status: 401,
    title: 'This needs a token',
    help: 'Send `Authorization: Bearer <token>`. The first start of a new database prints one; an operator makes more with `dateline token create`.',
  },
  token_invalid: {
    status: 401,
    title: 'The token is not valid',
    help: 'No such token is known here, or it was revoked or has expired. It may have been copied in part. A wrong token is refused even where none is needed.',
  },
  scope_missing: {
    status: 403,
    title: 'The token may not do this',
    help: 'The token is valid and its role lacks the scope that `detail` names. Viewers read drafts, writers also save them, editors also publish, admins do everything.',
  },
  not_found: {
    status: 404,
    title: 'There is no such document',
    help: 'No document with that id or slug is live at the instant that was asked for. With the scope `read:drafts`, `?at=latest` also reads what is not published.',
  },
  unknown_address: {
    status: 404,
    title: 'There is nothing at this address',
    help: 'No route has this path. `/` lists where to start and `/docs` all there is.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take that method',
    help: 'The header `Allow` lists the methods that it takes.',
  },
  not_acceptable: {
    status: 406,
    title: 'There is no such form of this',
    help: 'None of the media types in `Accept` can be given. `detail` lists the ones that can.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Headers must arrive within five seconds and the whole request within ten.',
  },
  slug_taken: {
    status: 409,
    title: 'The slug belongs to another document',
    help: 'A slug that any version of a document ever had stays with it, so that old addresses keep working. Choose another one, or leave it out to have one made.',
  },
  already_published: {
    status: 409,
    title: 'The past cannot be rewritten',
    help: 'Only the first publication of a document can be dated back, so that an import keeps its original date. Later ones are now or in the future.',
  },
  already_scheduled: {
    status: 409,
    title: 'A version of this document is already scheduled',
    help: 'Publishing now would leave open which of the two is to be seen after the scheduled instant. `detail` names the ways out.',
  },
  not_live: {
    status: 409,
    title: 'The document is neither live nor scheduled',
    help: 'Only what is live or will be can be given an end. Publish it first.',
  },
  parent_not_live: {
    status: 409,
    title: 'The part cannot be published before its parent',
    help: 'A part is seen with its parent and is published with it. Leave `publish` out, and publish the parent when it is ready.',
  },
  too_many_children: {
    status: 409,
    title: 'The document has as many parts as it can have',
    help: 'The parts of a document are answered together with it, so there is a limit to their number.',
  },
  gone: {
    status: 410,
    title: 'The document was withdrawn',
    help: 'It was published here once and no longer is; its past is closed as well. It may come back.',
  },
  stale_version: {
    status: 412,
    title: 'The document has changed since you read it',
    help: 'Your `If-Match` names an older version. Read the document again, apply your change to what is there now and send its new tag. Nothing was saved.',
  },
  already_exists: {
    status: 412,
    title: 'The document is there already',
    help: '`If-None-Match: *` asks to create and never to replace, and there is such a document. Nothing was saved.',
  },
  if_match_missing: {
    status: 428,
    title: 'Say which version you are changing',
    help: 'This server takes changes only with `If-Match` and the tag of the version that they were made from (RFC 6585), so that nobody overwrites what they have not seen. Read the document, and send its `ETag`.',
  },
  key_reused: {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    help: 'A key stands for one request: the same method, address and body. Its answer is kept for 24 hours. Make a new key for a new request.',
  },
  correction_missing: {
    status: 422,
    title: 'The change must be explained to readers',
    help: 'This server takes a change of what readers rely on, in what is live or was the last to be, only with a public `correction`, or with `?minor=true` for a slip of the keyboard.',
  },
  words_lost: {
    status: 422,
    title: 'Words that are quoted would not be found any more',
    help: 'The request has `Prefer: handling=strict`, and would leave words that are quoted without their place in the text. The member `ids` says which. Without that header it is saved, and `notices` tells of them.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    help: 'A request body can have up to 4 MiB, and that of a batch 16 MiB.',
  },
  url_too_long: {
    status: 414,
    title: 'The address is too long',
    help: 'An address can have up to 8 KiB.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body has a media type that is not taken here',
    help: 'Send JSON in UTF-8 with `Content-Type: application/json`; with curl, `--json` does it. Where text is taken, send it with its own type; with curl, `-H "content-type: text/plain" --data-binary @file` does it, and `-d` would take the line ends out. `Content-Encoding` is not supported.',
  },
  invalid_content: {
    status: 422,
    title: 'The content breaks its schema',
    help: 'The body was understood, and cannot be saved as it is. `errors` points at each fault with a JSON Pointer (RFC 6901) and says what it takes. Nothing was saved.',
  },
  empty_text: {
    status: 422,
    title: 'There is nothing to read in the text',
    help: 'A pasted text needs words: it was empty, or had only blanks and marks that nobody sees. Send the text of the story, headline first.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    help: 'The request line and the headers together can have up to 16 KiB.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    help: 'It is our fault and has been logged under `requestId`. Nothing was saved.',
  },
  unavailable: {
    status: 503,
    title: 'The service cannot answer just now',
    help: 'It is starting, stopping, overloaded or has lost its database. The header `Retry-After` says in how many seconds to try again.',
  },
}
