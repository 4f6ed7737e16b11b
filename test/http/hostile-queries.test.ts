import t from 'tap'
import { start } from '../support/dateline.ts'

/** A query, and how many documents it finds; or the parameter that is refused, the code and what to do. */
type Row =
  | readonly [query: string, found: number]
  | readonly [query: string, parameter: string, code: string, detail: string]

const FIELDS =
  ' They are id, type, slug, version, status, createdAt, publishedAt, updatedAt, hasUnpublishedChanges, headline, kind, standfirst, body, language, place, byline, source, image, tags, canonicalUrl, people, wordCount, corrections.'

const NOTHING = 'must have a word to look for, such as lavrov.'
const WORDS = Array.from({ length: 33 }, (_, index) => `w${index}`)

// biome-ignore format: a table
const rows: readonly Row[] = [
  ["articles?limit=-1", "limit", "malformed", "must be a whole number from 1 to 100."],
  ["articles?limit=0x10", "limit", "malformed", "must be a whole number from 1 to 100."],
  ["articles?limit=1e1", "limit", "malformed", "must be a whole number from 1 to 100."],
  ["articles?limit=5&limit=5", "limit", "repeated", "is given more than once."],
  ["articles?kind=news&kind=opinion", "kind", "repeated", "is given more than once."],
  ["articles?kind=Opinion", "kind", "not_allowed", "must be one of news, opinion, analysis, interview, explainer, live."],
  ["articles?kind.in=", 0],
  ["articles?kind.in=news,news,video", "kind.in", "not_allowed", "must be one of news, opinion, analysis, interview, explainer, live; several are separated by commas."],
  ["articles?kind.eq=news", "kind.eq", "unknown", "is not known here. Did you mean one of kind, kind.in?"],
  ["articles?kind[in]=news", "kind[in]", "unknown", "is not known here. Did you mean one of kind, kind.in?"],
  ["articles?filter[kind]=news", "filter[kind]", "unknown", "is not known here."],
  ["articles?kind=news'%20or%20'1'='1", "kind", "not_allowed", "must be one of news, opinion, analysis, interview, explainer, live."],
  ["articles?kind=news;drop%20table%20articles", "kind", "not_allowed", "must be one of news, opinion, analysis, interview, explainer, live."],
  ["articles?headline=x", "headline", "unknown", "is not known here."],
  ["articles?tags=world", "tags", "unknown", "is not known here. Did you mean \"tags.has\"?"],
  ["articles?tags.has=middle-east%00", "tags.has", "malformed", "must be lower-case letters a-z, digits and single hyphens, such as middle-east."],
  ["articles?language=%ff", "language", "malformed", "must be a BCP 47 language tag such as en, tr or pt-BR."],
  ["articles?__proto__=1", "__proto__", "unknown", "is not known here."],
  ["articles?sort=__proto__", "sort", "not_allowed", "must be one of publishedAt, -publishedAt, updatedAt, -updatedAt, headline, -headline."],
  ["articles?sort=headlines", "sort", "not_allowed", "must be one of publishedAt, -publishedAt, updatedAt, -updatedAt, headline, -headline. Did you mean \"headline\"?"],
  ["articles?sort=--headline", "sort", "not_allowed", "must be one of publishedAt, -publishedAt, updatedAt, -updatedAt, headline, -headline. Did you mean \"-headline\"?"],
  ["articles?sort=headline,kind", "sort", "not_allowed", "must be one of publishedAt, -publishedAt, updatedAt, -updatedAt, headline, -headline."],
  ["articles?fields=headline,slugg", "fields", "unknown", "must name fields of article: \"slugg\" is none. Did you mean \"slug\"?"],
  ["articles?fields=headline,headline", "fields", "unknown", "must name each field once."],
  ["articles?fields=*", "fields", "unknown", "must name fields of article: \"*\" is none."],
  ["articles?include=speaker", "include", "unknown", "\"speaker\" is no relation of article. It can include people, quotes, relatedLinks."],
  ["articles?include=quotes.article.quotes.speaker", "include", "too_long", "\"quotes.article.quotes.speaker\" goes more than 3 deep."],
  ["articles?id.in=person_01h455vb4pex5vsknk084sn02q", "id.in", "malformed", "must be the id of an article, such as article_01h455vb4pex5vsknk084sn02q; several are separated by commas."],
  ["articles?id.in=article_01h455vb4pex5vsknk084sn02q,", "id.in", "malformed", "must be the id of an article, such as article_01h455vb4pex5vsknk084sn02q; several are separated by commas."],
  ["articles?slug.in=a,,b", "slug.in", "malformed", "must be lower-case letters a-z, digits and single hyphens, such as middle-east; several are separated by commas."],
  ["articles?person=No%20One", "person", "malformed", "must be the id or slug of a person."],
  ["articles?person=nobody-at-all", 0],
  ["articles?person=article_01h455vb4pex5vsknk084sn02q", "person", "malformed", "must be the id or slug of a person."],
  ["articles?publishedAt.gte=2020-13-01", "publishedAt.gte", "malformed", "must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15."],
  ["articles?publishedAt.gte=2020-10-15T14:07:00+03:00", 1],
  ["articles?publishedAt=2020-10-15", "publishedAt", "unknown", "is not known here. Did you mean one of publishedAt.gt, publishedAt.gte, publishedAt.lt, publishedAt.lte?"],
  ["articles?updatedAt.lt=99999999999999", "updatedAt.lt", "malformed", "must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15."],
  ["articles?at=1e1", "at", "malformed", "must be an instant with its zone, such as 2020-10-15T14:07:00Z, or a date such as 2020-10-15, or latest."],
  ["articles?cursor=x", "cursor", "malformed", "is damaged: take it from page.next or page.prev as it is."],
  ["articles?cursor=WzE2LCIiLDAsImsxIl0", "cursor", "malformed", "belongs to another query: keep the other parameters, or start without a cursor."],
  ["quotes?speaker.exists=yes", "speaker.exists", "malformed", "must be true or false."],
  ["quotes?speaker=", "speaker", "malformed", "must be the id or slug of a person."],
  ["quotes?saidOn=2020-02-30", "saidOn", "malformed", "must be a day that exists."],
  ["quotes?saidOn.gte=2020", 1],
  ["people?name=", "name", "malformed", "must not be empty."],
  ["people?name=%EF%BF%BF%00", "name", "malformed", "must be well-formed Unicode without NUL."],
  ["people?country=Turkey", "country", "malformed", "must be an ISO 3166-1 code of two capital letters such as TR."],
  ["people?name=Robert');%20DROP%20TABLE%20people;--", 0],
  ["articles?q", "q", "malformed", NOTHING],
  ["articles?q=", "q", "malformed", NOTHING],
  ["articles?q=%20%09%0A", "q", "malformed", NOTHING],
  ["articles?q=!?.,;:%26%3D()", "q", "malformed", NOTHING],
  ["articles?q=%22%22%22", "q", "malformed", NOTHING],
  ["articles?q=*", "q", "malformed", NOTHING],
  ["articles?q=%5E", "q", "malformed", NOTHING],
  ["articles?q=%25", "q", "malformed", NOTHING],
  ["articles?q=%F0%9F%98%80%EF%B8%8F", "q", "malformed", NOTHING],
  ["articles?q=-lavrov", "q", "malformed", "must have a word to look for besides what is excluded, such as lavrov."],
  ["articles?q=l*%20lavrov", "q", "malformed", "must have at least 2 letters before a *."],
  ["articles?q=lavrov%00", "q", "malformed", "must be well-formed Unicode without NUL."],
  ["articles?q=%00", "q", "malformed", "must be well-formed Unicode without NUL."],
  [`articles?q=${"x".repeat(300)}`, 0],
  [`articles?q=${"x".repeat(301)}`, "q", "malformed", "must have at most 300 characters."],
  [`articles?q=${"%F0%9F%98%80".repeat(294)}lavrov`, 1],
  [`articles?q=${"%F0%9F%98%80".repeat(295)}lavrov`, "q", "malformed", "must have at most 300 characters."],
  [`articles?q=${WORDS.slice(1).join("%20")}`, 0],
  [`articles?q=${WORDS.join("%20")}`, "q", "malformed", "must have at most 32 words."],
  [`articles?q=lavrov%20-${WORDS.slice(1).join("-")}`, "q", "malformed", "must have at most 32 words."],
  ["articles?q=%22lavrov", 1],
  ["articles?q=lavrov%22%22", 1],
  ["articles?q=%22%22lavrov%22*", 1],
  ["articles?q=%5Elavrov", 1],
  ["articles?q=%2Blavrov", 1],
  ["articles?q=(lavrov)", 1],
  ["articles?q='lavrov'", 1],
  ["articles?q=lavrov%5C", 1],
  ["articles?q=lavr**", 1],
  ["articles?q=lavrov%20*%20-", 1],
  ["articles?q=lavrov%20%26%20turkey%20%7C%20!%20%3C-%3E", 1],
  ["articles?q=-headline%20:%20lavrov", 1],
  ["articles?q=lavrov%20%F0%9F%98%80", 1],
  ["articles?q=lavrov%EF%BF%BD", 1],
  ["articles?q=lavrov%20AND%20zanzibar", 0],
  ["articles?q=lavrov%20OR%20zanzibar", 0],
  ["articles?q=zanzibar%20OR%20lavrov", 0],
  ["articles?q=NOT%20zanzibar%20lavrov", 0],
  ["articles?q=NEAR(", 0],
  ["articles?q=NEAR(lavrov%20turkey,%205)", 0],
  ["articles?q=headline:lavrov", 0],
  ["articles?q=words:lavrov", 0],
  ["articles?q=%7Bwords%7D%20:%20lavrov", 0],
  ["articles?q=lavrov:*A", 0],
  ["articles?q=la*vrov", 0],
  ["articles?q=lavr_v", 0],
  ["articles?q=lavr%25", 0],
  ["articles?q=lavrov%27)%20or%201=1", 0],
  ["articles?q=lavrov';%20drop%20table%20version_words;--", 0],
  ["articles?q=__proto__", 0],
  ["articles?q=constructor", 0],
  ["articles?q=%ff", 0],
  ["articles?q=%ED%A0%80lavrov", 0],
  ["articles?q=%F0%90%91", 0],
  ["articles?q=%EF%BF%BFlavrov%F4%8F%BF%BF", 1],
  ["articles?q=a&q=b", "q", "repeated", "is given more than once."],
  ["articles?q[]=lavrov", "q[]", "unknown", "is not known here. Did you mean \"q\"?"],
  ["articles?q.in=lavrov", "q.in", "unknown", "is not known here. Did you mean \"q\"?"],
  ["articles?%00=1", "\u0000", "unknown", "is not known here."],
  ["articles?=1", "", "unknown", "is not known here."],
  ["articles?limit=%zz", "limit", "malformed", "must be a whole number from 1 to 100."],
]

t.test('each hostile query is refused with its parameter and what to do, or answered rightly', async (t) => {
  const { get } = await start(t, { seeded: true })
  for (const [query, ...expected] of rows) {
    const { status, body } = await get(`/v1/${query}`)
    if (expected.length === 1) t.strictSame([status, body.data?.length], [200, expected[0]], query)
    else {
      const [parameter, code, detail] = expected
      const told =
        parameter === 'fields' && code === 'unknown' && !/once/.test(detail) ? detail + FIELDS : detail
      t.strictSame([status, body.errors], [400, [{ parameter, code, detail: told }]], query)
    }
  }
})
