/** What clients send by mistake, in bad faith or from old tools. One table for each part of a request. */

/** Texts that have broken other programs: blank, of control characters, right to left, astral, combining, torn. */
export const oddTexts: readonly string[] = [
  ...['', ' ', '\t\r\n', ' padded ', 'two\nlines', 'a\u2028b\u2029c', 'nul\0', '\ufeffbom'],
  ...['\ud800', 'torn \udc00\ud800', '\ufffe\uffff', '\u202eשלום עולם\u202c مرحبا', '👩‍👩‍👧‍👦🇹🇷'],
  ...[`Z${'\u0351'.repeat(60)}`, '\u0958\ufb2c\u1e9b\u0323', 'İıſß', '1e400', 'null', '__proto__'],
  ...["'; drop table documents; --", '%00%ff%zz', '../../etc/passwd', '<script>alert(1)</script>'],
]

/** What stands in a path where an id or a slug should. Dots alone are left out: they are resolved on the way. */
export const oddKeys: readonly string[] = [
  ...words('~withdrawnArticle~ ~oldSlug~ ~quote~ ~link~ ~personId~ nobody A-Slug _ article_ a;b a+b a@b:c'),
  ...words('%2F %00 % %zz %ff %ed%a0%80 %F0%9F%98%80 %20 article_01h455vb4pex5vsknk084sn02q'),
  ...words('quote_01h455vb4pex5vsknk084sn02q person_8zzzzzzzzzzzzzzzzzzzzzzzzz'),
  ...['x'.repeat(201), 'x'.repeat(9000), `${'a-'.repeat(39)}a`],
  ...words('~article~.html ~article~.md ~article~.jsonld ~article~.json ~article~.pdf ~article~. .md a.b.md'),
]

export const oddParameters: readonly string[] = [
  'unknown',
  'Limit',
  '',
  '__proto__',
  'at[]',
  'fields',
  'at',
  'purge',
]

export const queryTexts: readonly string[] = [
  ...words(
    'now no never live latest Latest true false 0 1 100 101 -1 1.0 0x10 1e1 2026-06-01 2020-10-15 2020-02-30',
  ),
  ...words('2020-10-15T14:07:00Z 2026-01-01T00:00:00Z 2025-12-31T23:59:59.999Z 2027-01-01T00:00:00Z'),
  ...words('9999-12-31T23:59:59.999Z +275760-09-13T00:00:00Z 0000-01-01 0001-01-01T00:00:00+23:59'),
  ...words('2020-10-15T24:00:00Z 2020-10-15T14:07 WzE2 constructor . , quotes. quotes quotes.speaker'),
  ...words('quotes.speaker,relatedLinks,people relatedLinks.targetArticle.quotes speaker article.people'),
  ...words('quotes,quotes article.quotes.article article.quotes.article.quotes people.person'),
  ...['2020-10-15 14:07', '2020-10-15T14:07:00 03:00', 'x'.repeat(5000), ...oddTexts],
]

const tags = words('"1" "2" "1-abc" W/"1" * 1 "1","2" "0" "x" , "999999999999" "1')

export const headers = {
  authorization: [
    ...['Bearer ~viewer~', 'Bearer ~writer~', 'Bearer ~editor~', 'Bearer ~admin~', 'bearer  ~editor~ '],
    ...['Bearer wrong', 'Bearer', 'Basic eDp5', 'Bearer ~editor~ x', ''],
  ],
  accept: [
    ...words('*/* application/json text/html application/* application/json;q=0 image/png ; text/*'),
    ...[
      '',
      'text/html, */*;q=0.1',
      'application/ld+json;profile="x',
      'text/markdown',
      'text/html',
      `${'a/b,'.repeat(500)}c/d`,
    ],
  ],
  'if-match': ['', ...tags],
  'if-none-match': ['', ...tags],
  'content-encoding': ['gzip', 'identity', 'x'],
  origin: ['https://example.org', 'null', ''],
  prefer: ['return=minimal', 'handling=strict, return = "minimal"; x', '"'],
  range: ['bytes=0-1'],
  'idempotency-key': ['1', '"2"', '', 'x'.repeat(256)],
  'dateline-note': ['A note', 'caf\u00c3\u00a9', '\u00ff', '', 'x'.repeat(1001)],
  'x-http-method-override': ['DELETE'],
  'x-forwarded-host': ['elsewhere.example', '\u00ff'],
}

export const contentTypes: readonly string[] = [
  ...words('application/json application/json application/merge-patch+json application/JSON;charset="utf-8"'),
  ...words(
    'application/json;charset=utf-16 text/plain application/x-www-form-urlencoded multipart/form-data x',
  ),
  ...['text/markdown', 'text/markdown', 'Text/Markdown; charset=x', ''],
]

/** Bodies that are no JSON object, or hardly one. */
export const oddBodies: readonly (string | Buffer)[] = [
  ...words(
    '{ } null true 1 "text" [] [{}] {} {}{} {"a":1,} {a:1} {"a":1e400} {"a":NaN} {"a":01} {"":{}} headline=x',
  ),
  ...['', ' ', '\ufeff{}', "{'a':1}", '{"a":"\u0001"}', '{"\\ud800":1}', '{"a":1} // comment'],
  ...['['.repeat(65), `${'['.repeat(64)}${']'.repeat(64)}`, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ...[Buffer.from([0xff, 0xfe, 0x7b, 0]), Buffer.from([0x22, 0xc3, 0x28, 0x22])],
  ...[
    '---',
    '---\n---',
    '---\nheadline: A\n---\n\nText',
    '---\nheadline: [*a, &a b]\n---',
    '---\n\t: {\n---',
  ],
  ...[
    '---\nversion: 1\nheadline: A\n---\n',
    '---\n__proto__: {a: 1}\n? [a]\n: b\n---',
    '---\r\na: !!binary aGk=\r\n---',
  ],
  ...[`---\na: ${'['.repeat(5000)}\n---`, Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff])],
  Buffer.alloc(4 * 1024 * 1024 + 1, ' '),
]

/** Members that a parser may treat as its own, or that an answer has and a request has not. */
export const oddMembers: readonly string[] = [
  ...words('__proto__ constructor toString id type version status publishedAt wordCount corrections publish'),
  ...['', '\ud800', '~1/~0', 'Headline', 'x'.repeat(1000)],
]

function words(text: string): string[] {
  return text.split(' ')
}
