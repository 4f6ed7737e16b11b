import { createHash } from 'node:crypto'

/** The whole look of a page: one column of text and, where there is room, what was said beside it. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1e1b18; --soft: #6a6259; --line: #e3ddd3; --accent: #9d2419; --mark: #fdeab0; --well: #f4f1ea;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --mono: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #17171a; --ink: #e7e3db; --soft: #a59d92; --line: #38373b; --accent: #f29184; --mark: #5c4a10; --well: #212125; }
}
*, ::before, ::after { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 100%/1.6 var(--serif); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: anywhere; font-size: clamp(1.0625rem, 1rem + .35vw, 1.25rem); }
main { max-width: 38rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 4.5rem) 1.25rem 3rem; }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 1px; }
::target-text { background: var(--mark); color: inherit; }
::selection { background: var(--mark); }
mark { background: var(--mark); color: inherit; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; text-wrap: balance; }
h1, .standfirst, .byline, .body :is(p, li, dd, td, th, h2, h3, h4, h5, h6), figcaption, .corrections p:last-child, .links li { unicode-bidi: plaintext; text-align: start; }

.notice { margin: 0; padding: .6rem 1.25rem; background: var(--well); border-block-end: 1px solid var(--line); font: .8125rem/1.5 var(--sans); text-align: center; }
header { margin-block-end: clamp(1.75rem, 4vw, 2.75rem); padding-block-end: 1.25rem; border-block-end: 1px solid var(--line); }
.kicker { margin: 0 0 .9rem; font: 600 .8125rem/1.4 var(--sans); }
.kicker span { color: var(--accent); letter-spacing: .02em; }
.kicker span + span { color: var(--soft); font-weight: 400; }
.kicker span + span::before { content: "·"; margin-inline: .5em; }
h1 { margin: 0; font-size: clamp(1.875rem, 1.35rem + 2.6vw, 3rem); font-weight: 700; line-height: 1.12; letter-spacing: -.014em; }
.standfirst { margin: 1rem 0 0; font-size: 1.15em; line-height: 1.45; color: var(--soft); text-wrap: pretty; white-space: pre-line; }
.byline { margin: 1.4rem 0 0; font: 600 .875rem/1.5 var(--sans); }
.dates { margin: 1.4rem 0 0; font: .875rem/1.6 var(--sans); color: var(--soft); }
.byline + .dates { margin-block-start: .1rem; }
.dates > span { display: inline-block; margin-inline-end: 1.1em; }

figure { margin: 0 0 2rem; }
figure > img { display: block; width: 100%; height: auto; border-radius: 2px; }
figcaption { margin-block-start: .6rem; font: .8125rem/1.5 var(--sans); color: var(--soft); }
figcaption small { font-size: inherit; white-space: normal; }
figcaption small::before { content: "– "; }
.unkept { padding: .85rem 1rem; background: var(--well); border-radius: 2px; }
.unkept figcaption { margin: 0; }

.body > :first-child { margin-block-start: 0; }
.body p, .body ul, .body ol, .body dl, .body pre, .body table, .body blockquote { margin: 0 0 1.15em; }
.body p { hyphens: auto; hyphenate-limit-chars: 8 4 4; text-wrap: pretty; }
.body h2, .body h3, .body h4, .body h5, .body h6 { margin: 2.1em 0 .6em; font-size: 1em; }
.body h2 { font-size: 1.35em; }
.body h3 { font-size: 1.15em; }
.body blockquote { padding-inline-start: 1.1em; border-inline-start: 3px solid var(--line); color: var(--soft); }
.body blockquote > :last-child { margin-block-end: 0; }
.body img { max-width: 100%; height: auto; }
.body hr { width: 4rem; margin: 2.2em auto; border: 0; border-block-start: 1px solid var(--soft); }
.body li { margin-block-end: .3em; }
.body code, .body kbd, .body samp { font: .86em/1.5 var(--mono); background: var(--well); padding: .1em .3em; border-radius: 3px; }
.body pre { padding: .9em 1.1em; background: var(--well); border-radius: 3px; overflow-x: auto; overflow-wrap: normal; direction: ltr; }
.body pre code { padding: 0; background: none; }
.body table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; font: .82em/1.45 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.body th, .body td { padding: .5em .9em .5em 0; border-block-end: 1px solid var(--line); vertical-align: top; }
.body caption { text-align: start; padding-block-end: .5em; color: var(--soft); }

section > h2, aside > h2 { margin: 0 0 1rem; padding-block-start: .7rem; border-block-start: 2px solid var(--ink); font: 700 .875rem/1.4 var(--sans); }
section, aside { margin-block-start: 2.75rem; }
section ul, section ol, aside ul { margin: 0; padding: 0; list-style: none; }
.corrections li { padding-block: .7rem; border-block-end: 1px solid var(--line); font: .875rem/1.55 var(--sans); }
.corrections li:first-child { padding-block-start: 0; }
.corrections li:last-child, .links li:last-child { border: 0; }
.corrections p { margin: 0; }
.corrections p:first-child { color: var(--soft); }
.corrections b { color: var(--accent); font-weight: 600; }
.corrections p:last-child { white-space: pre-line; }
.quotes figure { margin: 0 0 1.6rem; }
.quotes blockquote { margin: 0; font-size: .95em; line-height: 1.5; white-space: pre-line; }
.quotes blockquote::before { content: open-quote; }
.quotes blockquote::after { content: close-quote; }
.quotes blockquote + blockquote { margin-block-start: .5rem; color: var(--soft); font-size: .85em; }
.quotes figcaption { margin-block-start: .45rem; unicode-bidi: isolate; }
.quotes cite { font-style: normal; font-weight: 600; color: var(--ink); }
.quotes figcaption a { display: inline-block; color: var(--accent); }
.links li { padding-block: .55rem; border-block-end: 1px solid var(--line); line-height: 1.4; }
.links li:first-child { padding-block-start: 0; }
.links span { display: block; font: 600 .75rem/1.5 var(--sans); color: var(--accent); }
.people li { font: .875rem/1.5 var(--sans); margin-block-end: .45rem; }
.people span { color: var(--soft); }
section ul.tags { display: flex; flex-wrap: wrap; gap: .4rem; }
.tags li { padding: .1rem .65rem; border: 1px solid var(--line); border-radius: 1rem; font: .8125rem/1.6 var(--sans); color: var(--soft); }
footer { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); font: .8125rem/1.7 var(--sans); color: var(--soft); }
footer p { margin: 0; }

@media (min-width: 72rem) {
  main.beside { max-width: 64rem; }
  .beside article { display: grid; grid-template-columns: minmax(0, 38rem) minmax(0, 18rem); column-gap: 5rem; }
  .beside header { grid-column: 1 / -1; }
  .beside h1, .beside .standfirst { max-width: 46rem; }
  .beside .quotes { grid-column: 2; grid-row: 2 / 4; margin: 0; align-self: start; position: sticky; top: 2rem; max-height: calc(100vh - 4rem); overflow-y: auto; scrollbar-width: thin; }
  .beside .quotes blockquote { font-size: .875em; }
  .beside .text, .beside .after, .beside footer { grid-column: 1; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --well: #fff; }
  @page { margin: 2cm; }
  body { font-size: 11pt; }
  main { padding: 0; max-width: none; }
  .notice { border: 1px solid #000; }
  footer nav, .quotes figcaption a { display: none; }
  h2, h3, h4, figcaption { break-after: avoid; }
  figure, li, blockquote, pre { break-inside: avoid; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .8em; }
}
`.replace(/\n\s*/g, '\n')

/** What a page may do: be styled by this, and show pictures. It runs nothing, sends nothing and is in no frame. */
export const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src http: https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
