import t from 'tap'
import { bodyHtml } from '../../src/feeds/body-html.ts'

t.test('CommonMark becomes HTML', async (t) => {
  t.equal(
    bodyHtml('One *word*\r\nand `two`.  \nThree.\n\n> Said.\n\n1. a\n2. b\n\n```js\nx < 1\n```\n'),
    '<p>One <em>word</em>\nand <code>two</code>.<br />\nThree.</p>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n' +
      '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<pre><code class="language-js">x &lt; 1\n</code></pre>\n',
  )
  t.equal(
    bodyHtml('[a](https://example.org/?a=1&b "t") [b](/here) ![c](https://example.org/c.png)'),
    '<p><a href="https://example.org/?a=1&amp;b" title="t">a</a> <a href="/here">b</a> <img src="https://example.org/c.png" alt="c" /></p>\n',
  )
  t.equal(bodyHtml(''), '')
})

t.test('headings stand below the headline', async (t) => {
  t.equal(bodyHtml('# A\n\n## B\n\n###### C'), '<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>\n')
  t.equal(bodyHtml('## A\n\n### B'), '<h2>A</h2>\n<h3>B</h3>\n')
  t.equal(bodyHtml('<h1>A</h1>'), '<h2>A</h2>')
})

t.test('raw HTML keeps its text and structure, and loses what runs, is styled or is fetched', async (t) => {
  const cases: Record<string, string> = {
    '<p lang="ar" dir="rtl" id="a" class="b" style="color:red">x</p>': '<p lang="ar" dir="rtl">x</p>',
    '<table><tr><th scope="row">a</th><td colspan="2" onclick="x()">b</td></tr></table>':
      '<table><tr><th scope="row">a</th><td colspan="2">b</td></tr></table>',
    '<script>alert(1)</script>': '',
    '<style>p{}</style>': '',
    '<iframe src="https://example.org/">x</iframe>': '',
    '<form action="/x"><input name="a"><button>Go</button></form>': 'Go',
    '<svg><style><img src=x onerror=alert(1)></style></svg>': '<p></p>\n',
    '<p>a</p></article><!-- b --><p>c': '<p>a</p><p>c</p>',
    '<p title="&quot;><script>">x</p>': '<p title="&quot;&gt;&lt;script&gt;">x</p>',
  }
  for (const [markdown, html] of Object.entries(cases)) t.equal(bodyHtml(markdown), html, markdown)
})

t.test('a link or a picture leads to the web or nowhere', async (t) => {
  const addresses = [
    'javascript:alert(1)',
    'JaVaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//x.example',
  ]
  for (const address of addresses) {
    t.equal(bodyHtml(`<p><a href="${address}">x</a></p>`), '<p><a>x</a></p>', address)
    t.equal(bodyHtml(`<p>x<img src="${address}" alt="y"></p>`), '<p>x</p>', address)
    t.notMatch(bodyHtml(`[x](<${address}>) ![y](<${address}>)`), /href|src/, address)
  }
  t.equal(bodyHtml('<p><a href="java\tscript:alert(1)">x</a></p>'), '<p><a>x</a></p>')
  t.equal(bodyHtml('<p><img src="data:image/png;base64,AA==" alt="y"></p>'), '<p></p>')
})

t.test('tags without number are shown as they were written', async (t) => {
  t.equal(bodyHtml('<div>'.repeat(20_000)), `${'<div>'.repeat(100)}${'</div>'.repeat(100)}`)
  t.equal(bodyHtml('<b>'.repeat(20_001)), `<p>${'&lt;b&gt;'.repeat(20_001)}</p>\n`)
})
