import { bodyHtml } from './body-html.ts'
import { addressOf, jsonLd } from './json-ld.ts'
import { Markup, markup } from './markup.ts'
import { style } from './page-style.ts'
import { plainText } from './plain-text.ts'
import { type Speech, speechOf } from './speech.ts'
import type { Correction, Mention, Picture, Quote, RelatedLink, Story } from './story.ts'
import { textFragment } from './text-fragment.ts'

/** Where and when a page is read. */
export interface Reading {
  /** The address of this server, without a slash at its end. */
  readonly base: string
  /** The addresses of this story's other forms. */
  readonly forms: readonly { readonly mediaType: string; readonly name: string; readonly href: string }[]
  readonly status: string
  /** The instant that was asked for, in RFC 3339. Null for the present. */
  readonly at: string | null
}

/** A story as a page that needs nothing else: no script, no font, no style from elsewhere. */
export function html(story: Story, reading: Reading): string {
  const speech = speechOf(story.language)
  const { articleBody: _, ...data } = jsonLd(story, reading.base)
  const page = markup`<!DOCTYPE html>
<html lang="${speech.language}" dir="${speech.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${story.headline}</title>
${story.standfirst && markup`<meta name="description" content="${story.standfirst}">\n`}<link rel="canonical" href="${String(data.url)}">
${reading.forms.map(({ mediaType, href }) => markup`<link rel="alternate" type="${mediaType}" href="${href}">\n`)}<style>${new Markup(style)}</style>
<script type="application/ld+json">${inScript(data)}</script>
</head>
<body>
${notice(story, reading, speech)}<main${story.quotes.length > 0 ? new Markup(' class="beside"') : ''}>
${article(story, reading, speech)}
</main>
</body>
</html>
`
  return page.html
}

/** JSON that cannot end the element that it stands in. */
function inScript(data: object): Markup {
  return new Markup(JSON.stringify(data).replace(/</g, '\\u003c'))
}

function notice(
  { updatedAt, ...story }: Story,
  { status, at, base }: Reading,
  speech: Speech,
): Markup | null {
  const now = markup`<a href="${addressOf(story, base)}">Read it as it is now</a>`
  if (status === 'draft')
    return markup`<p class="notice" lang="en" dir="ltr">A draft. Readers do not see this.</p>\n`
  if (status === 'scheduled')
    return markup`<p class="notice" lang="en" dir="ltr">Readers see this from ${time(updatedAt, speech)}.</p>\n`
  if (at === null) return null
  return markup`<p class="notice" lang="en" dir="ltr">As of ${time(at, speech)}. ${now}.</p>\n`
}

function article(story: Story, reading: Reading, speech: Speech): Markup {
  const body = bodyHtml(story.body)
  return markup`<article>
<header>
${head(story, speech)}</header>
<div class="text">
${story.image && figure(story.image, speech)}<div class="body">
${new Markup(body)}</div>
${section('corrections', 'Corrections', story.corrections, speech, (each) => correction(each, speech))}</div>
${quotes(story, plainText(body), speech)}<div class="after">
${section('links', 'Related', story.relatedLinks, speech, (link) => relatedLink(link, reading, speech))}${section('people', 'People', seen(story.people), speech, mention)}${tags(story.tags, speech)}</div>
${foot(story, reading, speech)}</article>`
}

const kinds: Readonly<Record<string, string>> = {
  news: 'News',
  opinion: 'Opinion',
  analysis: 'Analysis',
  interview: 'Interview',
  explainer: 'Explainer',
  live: 'Live',
}

function head(story: Story, speech: Speech): Markup {
  const { place, headline, standfirst } = story
  const authors = story.people.filter(({ as }) => as === 'author').map(({ person }) => person?.name)
  const byline = story.byline ?? authors.filter(Boolean).join(', ')
  return markup`<p class="kicker"><span${speech.inEnglish}>${kinds[story.kind] ?? story.kind}</span>${place && markup`<span>${place}</span>`}</p>
<h1>${headline}</h1>
${standfirst && markup`<p class="standfirst">${standfirst}</p>\n`}${byline === '' ? null : markup`<p class="byline">${byline}</p>\n`}<p class="dates"${speech.inEnglish}>${dates(story, speech)}</p>
`
}

function dates({ publishedAt, updatedAt, corrections, source }: Story, speech: Speech): Markup[] {
  const isUpdated = publishedAt !== null && publishedAt !== updatedAt
  return [
    ...(publishedAt === null ? [] : [time(publishedAt, speech)]),
    ...(isUpdated ? [markup`Updated ${time(updatedAt, speech)}`] : []),
    ...(corrections.length > 0 ? [markup`<a href="#corrections">Corrected</a>`] : []),
    ...(source ? [markup`First published by ${link(source.name, source.url)}`] : []),
  ].map((each) => markup`<span>${each}</span>`)
}

function time(instant: string, { instantOf }: Speech): Markup {
  return markup`<time datetime="${instant}" dir="auto">${instantOf(instant)}</time>`
}

function link(text: string, url: string | null): Markup {
  return url === null ? markup`${text}` : markup`<a href="${url}">${text}</a>`
}

/** The caption describes the picture, so the picture itself says nothing more to a screen reader. */
function figure({ url, caption, credit }: Picture, { inEnglish }: Speech): Markup | null {
  if (url === null && caption === null && credit === null) return null
  const words = markup`${caption}${caption && credit && ' '}${credit && markup`<small>${credit}</small>`}`
  const below = caption || credit ? markup`<figcaption>${words}</figcaption>\n` : null
  if (url !== null) return markup`<figure>\n<img src="${url}" alt="">\n${below}</figure>\n`
  return markup`<figure class="unkept">\n<figcaption><span${inEnglish}>The picture is not kept here:</span> ${words}</figcaption>\n</figure>\n`
}

function section<Entry>(
  name: string,
  title: string,
  entries: readonly Entry[],
  { inEnglish }: Speech,
  entry: (entry: Entry) => Markup,
): Markup | null {
  if (entries.length === 0) return null
  return markup`<section class="${name}" id="${name}">
<h2${inEnglish}>${title}</h2>
<ul>
${entries.map((each) => markup`<li>${entry(each)}</li>\n`)}</ul>
</section>
`
}

function correction({ kind, text, at }: Correction, speech: Speech): Markup {
  const name = kind.charAt(0).toUpperCase() + kind.slice(1)
  return markup`<p${speech.inEnglish}><b>${name}</b>${at && markup`, ${time(at, speech)}`}</p>
<p>${text}</p>`
}

/** What was said stands after the text: a browser looks for words from the top, and is to find them there. */
function quotes(story: Story, text: string, speech: Speech): Markup | null {
  if (story.quotes.length === 0) return null
  const { headline, standfirst, byline, image } = story
  const before = [headline, standfirst, byline, image?.caption, image?.credit].filter(Boolean).join('\n')
  return markup`<aside class="quotes" aria-labelledby="said">
<h2 id="said"${speech.inEnglish}>In their words</h2>
${story.quotes.map((each) => quote(each, textFragment(text, each.text, before), speech))}</aside>
`
}

function quote(quote: Quote, fragment: string | undefined, speech: Speech): Markup {
  const { speaker, role, saidOn, setting, via, original } = quote
  const occasion = [setting, saidOn && speech.dayOf(saidOn)].filter(Boolean).join(', ')
  const said = [role ?? speaker?.role, occasion]
    .filter(Boolean)
    .map((each) => markup`. <bdi>${each ?? null}</bdi>`)
  return markup`<figure dir="auto">
<blockquote>${quote.text}</blockquote>
${original && markup`<blockquote dir="auto"${original.language && markup` lang="${original.language}"`}>${original.text}</blockquote>\n`}<figcaption><cite>${(speaker && markup`<bdi>${speaker.name}</bdi>`) ?? markup`<span${speech.inEnglish}>Unattributed</span>`}</cite>${said}${via && markup`. <span${speech.inEnglish}>Reported by</span> <bdi>${via}</bdi>`}${fragment === undefined ? null : markup`. <a href="#${fragment}"${speech.inEnglish}>In the text</a>`}</figcaption>
</figure>
`
}

const linkKinds: Readonly<Record<string, string>> = {
  read: 'Read',
  opinion: 'Opinion',
  analysis: 'Analysis',
  watch: 'Watch',
  listen: 'Listen',
  background: 'Background',
  source: 'Source',
}

function relatedLink(
  { kind, title, url, targetArticleId }: RelatedLink,
  { base }: Reading,
  speech: Speech,
): Markup {
  const here = targetArticleId === null ? null : addressOf({ slug: targetArticleId }, base)
  return markup`<span${speech.inEnglish}>${linkKinds[kind] ?? kind}</span> ${link(title, url ?? here)}`
}

function seen(people: readonly Mention[]): readonly Mention[] {
  return people.filter(({ person }) => person !== null)
}

function mention({ person }: Mention): Markup {
  const { name = '', role = null, affiliation = null, sameAs = [] } = person ?? {}
  const what = [role, affiliation].filter(Boolean).join(', ')
  return markup`${link(name, sameAs[0] ?? null)}${what === '' ? null : markup` <span>${what}</span>`}`
}

function tags(names: readonly string[], { inEnglish }: Speech): Markup | null {
  if (names.length === 0) return null
  return markup`<section>
<h2${inEnglish}>Filed under</h2>
<ul class="tags">
${names.map((name) => markup`<li>${name.replaceAll('-', ' ')}</li>\n`)}</ul>
</section>
`
}

function foot({ version, ...story }: Story, { base, forms }: Reading, { inEnglish }: Speech): Markup {
  const also = forms.map(
    ({ name, href }, index) => markup`${index > 0 ? ', ' : null}<a href="${href}">${name}</a>`,
  )
  return markup`<footer${inEnglish}>
<p>Version ${version} of this story. Every version that was published <a href="${addressOf(story, base)}/versions">is on the record</a>.</p>
<p>Also as ${also}.</p>
</footer>
`
}
