import t from 'tap'
import { readStory } from '../../src/intake/story.ts'

/**
 * A story in the form in which a news site's page is pasted: its slogan on top, a headline that says who
 * speaks, a time without a zone, a caption with its credit, an interrupted quotation, one without a cue, and
 * lines to other stories, the last one at the end of the text without a line end.
 */
const pasted = `Reporting from both shores since 1994

Lakeland never asked for the ferry back, says Torvik 

May 7, 2019 at 4:45 pm

Transport Minister Marit Torvik in Sundvik, on May 2, 2019 [Sundvik Harbour Press Office/Lake Agency]

Norwegian Transport Minister Marit Torvik has said that her ministry was never asked to bring the night ferry back. Torvik spoke to local radio on Monday, and the Finnish outlet Rantasanomat reported the interview. “Such a request,” she added, “would have been read with pleasure.”

The minister conceded that two harbours had closed since the last crossing.

“We do not share the view of [Finnish] President Lehtola… It is no secret that a ferry without passengers is a very large lantern.”

OPINION: A lake is not a border

Sundvik and Rantala have argued over the crossing for years, and the Lehtola government has paid for two studies. In the south, meanwhile, the pier belongs to Harbour Master Aksel Brandvold, who has let the grass grow on it.

Torvik will travel to Rantala in June.

No ferry has sailed since 2012.

READ: Who owns the pier at Rantala?`

t.test('a page of a news site gives its story', async (t) => {
  const { story, furniture, warnings, fields } = readStory(pasted)
  t.equal(story.headline, 'Lakeland never asked for the ferry back, says Torvik')
  t.strictSame(
    furniture.map(({ text, rule }) => [text, rule]),
    [['Reporting from both shores since 1994', 'tagline']],
  )
  t.equal(story.publishedAt, '2019-05-07T16:45:00.000Z')
  t.equal(fields.publishedAt?.confidence, 'medium')
  t.strictSame(
    warnings.map(({ code }) => code),
    ['no_timezone'],
  )
  t.strictSame(story.image, {
    url: null,
    caption: 'Transport Minister Marit Torvik in Sundvik, on May 2, 2019',
    credit: 'Sundvik Harbour Press Office/Lake Agency',
  })
  t.equal(story.language, 'en')
  t.equal(story.body.split('\n\n').length, 6)
  t.strictSame(
    story.relatedLinks.map(({ kind, title, url, position }) => ({ kind, title, url, position })),
    [
      { kind: 'opinion', title: 'A lake is not a border', url: null, position: 1 },
      { kind: 'read', title: 'Who owns the pier at Rantala?', url: null, position: 2 },
    ],
  )
})

t.test('its three quoted spans are two quotes', async (t) => {
  const { story } = readStory(pasted)
  const points = [...pasted]
  t.strictSame(
    story.quotes.map(({ text, parts, speaker, confidence, rule, suggestion }) => ({
      ...{ text, parts: parts.map(({ start, end }) => points.slice(start, end).join('')) },
      ...{ speaker, confidence, rule, suggestion },
    })),
    [
      {
        text: 'Such a request would have been read with pleasure.',
        parts: ['Such a request,', 'would have been read with pleasure.'],
        ...{ speaker: 0, confidence: 'medium', rule: 'quote-name-cue/pronoun', suggestion: null },
      },
      {
        text: 'We do not share the view of [Finnish] President Lehtola… It is no secret that a ferry without passengers is a very large lantern.',
        parts: [
          'We do not share the view of [Finnish] President Lehtola… It is no secret that a ferry without passengers is a very large lantern.',
        ],
        ...{ speaker: null, confidence: 'low', rule: 'no-cue' },
        suggestion: { person: 0, rule: 'last-speaker', confidence: 'low' },
      },
    ],
  )
})

t.test('its people have names, roles and countries', async (t) => {
  const { story } = readStory(pasted)
  t.strictSame(
    story.people.map(({ name, role, country, as }) => [name, role, country, as]),
    [
      ['Marit Torvik', 'Transport Minister', 'NO', 'subject'],
      ['Lehtola', 'President', 'FI', 'mentioned'],
      ['Aksel Brandvold', 'Harbour Master', null, 'mentioned'],
    ],
  )
})
