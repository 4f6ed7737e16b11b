import t from 'tap'
import { type Intake, readStory } from '../../src/intake/story.ts'
import { decodeText } from '../../src/intake/text.ts'

/** The cases of pasted text, in the order in which the intake promises them. `quotes` is `words | speaker`. */

const HEAD = 'Council votes on the old mill\n\nMarch 4, 2024 at 9:30 am\n\n'
/** Makes two people known: a woman who is a minister and a man. */
const KNOWN = 'Energy Minister Carla Ruiz met Tom Birch, a miller, on Monday.'

function body(...paragraphs: string[]): Intake {
  return readStory(HEAD + paragraphs.join('\n\n'), { timezone: 'UTC' })
}

function quotes({ story }: Intake): string[] {
  return story.quotes.map(({ text, speaker }) => `${text} | ${nameOf(story, speaker)}`)
}

function nameOf(story: Intake['story'], person: number | null | undefined): string {
  return person == null ? '-' : (story.people[person]?.name ?? '?')
}

function words(pasted: string, { start, end }: { start: number; end: number }): string {
  return [...pasted].slice(start, end).join('')
}

const codes = ({ warnings }: Intake) => warnings.map(({ code }) => code)

t.test('quotation marks', async (t) => {
  const table: [string, string, string[]][] = [
    ['1 curly', '“The mill stays,” said Carla Ruiz.', ['The mill stays | Carla Ruiz']],
    [
      '2 straight',
      '"The mill stays," said Carla Ruiz. "It must."',
      ['The mill stays | Carla Ruiz', 'It must. | Carla Ruiz'],
    ],
    ['3 doubled single', "''The mill stays,'' said Carla Ruiz.", ['The mill stays | Carla Ruiz']],
    ['4 guillemets', '«The mill stays», said Carla Ruiz.', ['The mill stays | Carla Ruiz']],
    ['4 guillemets with blanks', '« The mill stays », said Carla Ruiz.', ['The mill stays | Carla Ruiz']],
    ['4 guillemets turned round', '»The mill stays«, said Carla Ruiz.', ['The mill stays | Carla Ruiz']],
    ['4 German', '„The mill stays“, said Carla Ruiz.', ['The mill stays | Carla Ruiz']],
    [
      '5 single with apostrophes',
      '‘The kids’ mill, from the ’90s, isn’t the players’ mill,’ said Carla Ruiz.',
      ['The kids’ mill, from the ’90s, isn’t the players’ mill | Carla Ruiz'],
    ],
    [
      '5 apostrophes alone',
      'The kids’ mill and the players’ club are from the ’90s, rock ’n’ roll years.',
      [],
    ],
    [
      '5 straight single',
      "'The kids' mill isn't old,' said Carla Ruiz.",
      ["The kids' mill isn't old | Carla Ruiz"],
    ],
    ['6 nested', '"He said \'no\' to me," said Carla Ruiz.', ["He said 'no' to me | Carla Ruiz"]],
    [
      '7 the same marks nested',
      '“They called me “Danger” when I was small,” said Carla Ruiz.',
      ['They called me “Danger” when I was small | Carla Ruiz'],
    ],
    ['39 inches', 'The wheel is 6" wide and the miller 5\'10" tall.', []],
    [
      '39 inches in speech',
      '"The wheel is 6" wide," said Carla Ruiz.',
      ['The wheel is 6" wide | Carla Ruiz'],
    ],
    ['36 emoji', '“The 🏭 stays 😀,” said Carla Ruiz.', ['The 🏭 stays 😀 | Carla Ruiz']],
  ]
  for (const [name, paragraph, expected] of table)
    t.strictSame(quotes(body(KNOWN, paragraph)), expected, name)
})

t.test('2 an odd mark never reaches the next paragraph', async (t) => {
  const intake = body(
    KNOWN,
    'The 4" sign and "this was odd.',
    'Then she rose. "The mill stays," said Carla Ruiz.',
  )
  t.ok(quotes(intake).includes('The mill stays | Carla Ruiz'))
  t.ok(codes(intake).some((code) => code === 'unpaired_mark' || code === 'unclosed_quotation'))
  t.notOk(quotes(intake).some((quote) => quote.includes('sign')))
})

t.test('6, 7 a quotation in a quotation is told', async (t) => {
  t.ok(body(KNOWN, '"He said \'no\' to me," said Carla Ruiz.').story.quotes[0]?.hasNested)
  const same = body(KNOWN, '“They called me “Danger” when I was small,” said Carla Ruiz.')
  t.ok(same.story.quotes[0]?.hasNested)
  t.strictSame(codes(same), ['same_marks_nested'])
})

t.test('8, 40 what nobody says is no quote', async (t) => {
  const table: [string, string | null][] = [
    ['The so-called “peace plan” was dropped.', null],
    ['Her first novel, “The Long Wheel”, is out.', null],
    ['Marchers held placards reading “Save the mill”.', 'sign'],
    ['The crowd chanted “Mills, not malls”.', 'slogan'],
    ['The choir sang “Turn, wheel, turn for me” at the gate.', 'lyric'],
    ['Carla Ruiz read “The Long Tide” to the children, she said.', null],
    ['Carla Ruiz wrote “A History of Mills” in 1990, she said.', null],
    ['The players performed “Turn Again”, Carla Ruiz said.', null],
    ['Tom Birch starred in “Turn Again”, Carla Ruiz said.', null],
    ['Her favourite film, “The Long Tide”, was shown, Carla Ruiz said.', null],
    ['Tom Birch said the book, called “The Long Tide”, was out.', null],
    ['In “The Long Tide,” Tom Birch says, nothing happens.', null],
    ['Tom Birch bought “The Long Tide,” a novel about ferries, he said.', null],
    ['They put out chairs, and a copy of “The Bells of Sarn”, a children’s book, for the day.', null],
    ['“The Long Tide”, which Carla Ruiz wrote, won.', null],
  ]
  for (const [paragraph, medium] of table) {
    const { story, quotedWords } = body(KNOWN, paragraph)
    t.strictSame(story.quotes, [], paragraph)
    t.strictSame(
      quotedWords.map((found) => found.medium),
      [medium],
      paragraph,
    )
  }
})

t.test('8 a title after a title is one, and short words that somebody says are none', async (t) => {
  const { quotedWords, story } = body(KNOWN, 'He directed “The Long Tide” and “Night Mill”, said Carla Ruiz.')
  t.strictSame(story.quotes, [])
  t.equal(quotedWords.length, 2)
  const table: [string, string][] = [
    ['“Yes We Can,” said Tom Birch.', 'Yes We Can | Tom Birch'],
    ['Tom Birch said: “Never Again.”', 'Never Again. | Tom Birch'],
    ['Carla Ruiz called it “Total Nonsense”.', 'Total Nonsense | Carla Ruiz'],
    ['Tom Birch warned of “World War Three”.', 'World War Three | Tom Birch'],
    ['Carla Ruiz wrote “Never Again” on Twitter.', 'Never Again | Carla Ruiz'],
    ['“Evet” dedi Tom Birch.', 'Evet | Tom Birch'],
  ]
  for (const [paragraph, expected] of table)
    t.strictSame(quotes(body(KNOWN, paragraph)), [expected], paragraph)
})

t.test('40 a post is a quote and says where it stood', async (t) => {
  const intake = body(KNOWN, '“The mill stays,” Carla Ruiz wrote on Twitter.')
  t.strictSame(quotes(intake), ['The mill stays | Carla Ruiz'])
  t.equal(intake.story.quotes[0]?.medium, 'post')
})

t.test('9 a partial quote has its speaker', async (t) => {
  const intake = body(KNOWN, 'Carla Ruiz called it “a disaster” and went home.')
  t.strictSame(quotes(intake), ['a disaster | Carla Ruiz'])
  t.ok(intake.story.quotes[0]?.isPartial)
})

t.test('10 an insertion is kept and known', async (t) => {
  const pasted = `${HEAD}${KNOWN}\n\n“We owe it to [Azeri] President Aliyev,” said Carla Ruiz.`
  const { story } = readStory(pasted)
  t.equal(story.quotes[0]?.text, 'We owe it to [Azeri] President Aliyev')
  t.strictSame(
    story.quotes[0]?.insertions.map((span) => words(pasted, span)),
    ['[Azeri]'],
  )
  t.equal(story.people.find(({ name }) => name === 'Aliyev')?.country, 'AZ')
})

t.test('11 an ellipsis is kept and ends nothing', async (t) => {
  for (const dots of ['…', '...'])
    t.strictSame(quotes(body(KNOWN, `“We wait${dots} The mill waits,” said Carla Ruiz.`)), [
      `We wait${dots} The mill waits | Carla Ruiz`,
    ])
})

t.test('12 an interrupted quote has two parts and one speaker', async (t) => {
  const pasted = `${HEAD}${KNOWN}\n\nTom Birch waited. “Such a mill,” he added, “has a future.”`
  const { story } = readStory(pasted)
  t.strictSame(quotes(readStory(pasted)), ['Such a mill has a future. | Tom Birch'])
  t.strictSame(
    story.quotes[0]?.parts.map((part) => words(pasted, part)),
    ['Such a mill,', 'has a future.'],
  )
})

t.test('13 what follows in the paragraph is of the same turn', async (t) => {
  const intake = body(KNOWN, '“The mill stays,” Carla Ruiz said. “So do I.”')
  t.strictSame(quotes(intake), ['The mill stays | Carla Ruiz', 'So do I. | Carla Ruiz'])
  t.equal(intake.story.quotes[0]?.turn, intake.story.quotes[1]?.turn)
})

t.test('14 one quotation over several paragraphs', async (t) => {
  const intake = body(KNOWN, 'Carla Ruiz said: “The mill stays.', '“It will turn again.”')
  t.strictSame(quotes(intake), ['The mill stays.\n\nIt will turn again. | Carla Ruiz'])
  t.equal(intake.story.quotes[0]?.parts.length, 2)
  t.strictSame(codes(intake), [])
})

t.test('14 in single marks as well, whatever apostrophes stand in it', async (t) => {
  const intake = body(
    KNOWN,
    "Carla Ruiz said: 'The mill stays. It won't go.",
    "'It will turn,' she added.",
    "The owners' plans are gone.",
  )
  t.strictSame(quotes(intake), ["The mill stays. It won't go.\n\nIt will turn | Carla Ruiz"])
  t.strictSame(codes(intake), [])
})

t.test('15 a quotation left open ends with its paragraph', async (t) => {
  const intake = body(KNOWN, 'Carla Ruiz said: “The mill stays.', 'It was late.')
  t.strictSame(quotes(intake), ['The mill stays. | Carla Ruiz'])
  t.strictSame(codes(intake), ['unclosed_quotation'])
})

t.test('16 a quote without a cue has no speaker, and a suggestion', async (t) => {
  const { story } = body(KNOWN, 'Carla Ruiz said nothing new.', '“The mill will not be sold to anybody.”')
  const quote = story.quotes.at(-1)
  t.equal(quote?.speaker, null)
  t.equal(quote?.confidence, 'low')
  t.equal(nameOf(story, quote?.suggestion?.person), 'Carla Ruiz')
  t.equal(quote?.suggestion?.rule, 'last-speaker')
})

t.test('16 who is called for what he is has a suggestion as well', async (t) => {
  const { story } = body(
    'Tom Birch came. “The mill turns,” he said.',
    '“It will turn,” said the father-of-two.',
  )
  const quote = story.quotes.at(-1)
  t.match(quote, { speaker: null, rule: 'unnamed', mention: { text: 'the father-of-two' } })
  t.equal(nameOf(story, quote?.suggestion?.person), 'Tom Birch')
})

t.test('who speaks', async (t) => {
  const table: [string, string[], string[]][] = [
    [
      '17 two speakers',
      ['“Yes,” said Carla Ruiz. “No,” said Tom Birch.'],
      ['Yes | Carla Ruiz', 'No | Tom Birch'],
    ],
    ['18 announced', ['Carla Ruiz said:', '“The mill stays.”'], ['The mill stays. | Carla Ruiz']],
    ['19 the minister', ['“The mill stays,” the minister said.'], ['The mill stays | Carla Ruiz']],
    ['20 she', ['“The mill stays,” she said.'], ['The mill stays | Carla Ruiz']],
    ['20 he', ['“The mill stays,” he said.'], ['The mill stays | Tom Birch']],
    [
      '21 an outlet passed over',
      ['Carla Ruiz spoke to the Evening Herald. “The mill stays,” she said.'],
      ['The mill stays | Carla Ruiz'],
    ],
    [
      '20 he, in a paragraph about somebody whom it does not name',
      ['Tom Birch nodded.', 'The 22-year-old was glad. “It turns,” he said.'],
      ['It turns | -'],
    ],
    [
      '20 he, after what he is called',
      ['Tom Birch nodded. The 22-year-old was glad. “It turns,” he said.'],
      ['It turns | Tom Birch'],
    ],
    [
      '20 she, after somebody who may be a he',
      ['Morgan Quitt said: “It stays.”', 'Her niece, Ana Costa, came on Monday.', 'She said: “It turns.”'],
      ['It stays. | Morgan Quitt', 'It turns. | Ana Costa'],
    ],
    ['21 an outlet', ['“The mill stays,” the Evening Herald said.'], ['The mill stays | -']],
    [
      '22 according to',
      ['According to Tom Birch, “the mill stays as it is”.'],
      ['the mill stays as it is | Tom Birch'],
    ],
    [
      '22 according to her',
      ['Carla Ruiz was glad. According to her, the mill “stays as it is”.'],
      ['stays as it is | Carla Ruiz'],
    ],
    [
      '22 who runs',
      ['“The mill stays,” Ana Costa, who runs Wheel Works, said.'],
      ['The mill stays | Ana Costa'],
    ],
    ['22 a neighbour', ['“The mill stays,” said Ana Costa, a neighbour.'], ['The mill stays | Ana Costa']],
    ['20 Mrs, where only a man has the name', ['“The mill stays,” said Mrs Birch.'], ['The mill stays | -']],
    [
      '20 Mr, where the name is a woman’s elsewhere',
      ['Andrea Holm, a miller, came.', '“The mill stays,” said Mr Holm.'],
      ['The mill stays | Andrea Holm'],
    ],
    ['23 I', ['“Does it turn?” I asked.'], ['Does it turn? | -']],
    ['23 we', ['“Does it turn?” we asked.'], ['Does it turn? | -']],
    ['without a verb, a colon', ['Tom Birch was delighted: “What a wheel!”'], ['What a wheel! | Tom Birch']],
    ['without a verb, a dash', ['“What a wheel it is!” – Tom Birch'], ['What a wheel it is! | Tom Birch']],
    [
      'a new sentence is no interruption',
      ['“We read all,” said Carla Ruiz. In May, “all” was one page, she said.'],
      ['We read all | Carla Ruiz', 'all | Carla Ruiz'],
    ],
    ['whose spokeswoman', ['Carla Ruiz’s spokeswoman said: “The mill stays.”'], ['The mill stays. | -']],
    [
      'whose lawyer, by name',
      ['“The mill stays,” said Carla Ruiz’s lawyer, Jane Park.'],
      ['The mill stays | Jane Park'],
    ],
    ['two together', ['Carla Ruiz and Tom Birch said they were “delighted”.'], ['delighted | -']],
    ['a spokesman', ['“The mill stays,” a spokesman said.'], ['The mill stays | -']],
    ['a spokesman for her', ['“The mill stays,” a spokesman for the minister said.'], ['The mill stays | -']],
    ['for him, by name', ['“The mill stays,” a lawyer for Tom Birch said.'], ['The mill stays | -']],
    ['her office', ['The office of the minister said: “The mill stays.”'], ['The mill stays. | -']],
    ['the Minister', ['“The mill stays,” said the Energy Minister.'], ['The mill stays | Carla Ruiz']],
    [
      'another verb after an “and”',
      ['Tom Birch branded it “a tax on mills”, and said that 71 per cent of residents said no.'],
      ['a tax on mills | Tom Birch'],
    ],
    [
      'another verb without a subject, after a name',
      ['Tom Birch thanked the council of Sarn, saying the mill “should turn by May”.'],
      ['should turn by May | Tom Birch'],
    ],
    [
      'a statement that was read by another one',
      ['“It stays,” Tom Birch said in a statement read by his lawyer. “It turns.”'],
      ['It stays | Tom Birch', 'It turns. | Tom Birch'],
    ],
    [
      'German, a noun behind a name',
      ['Da gab Sprengmeister Hajo Quitt Entwarnung.', '„Sie dreht sich“, berichtet Quitt.'],
      ['Sie dreht sich | Hajo Quitt'],
    ],
    [
      'another verb without a subject',
      ['Tom Birch called it “sad”, adding: “Carla Ruiz knows the mill well.”'],
      ['sad | Tom Birch', 'Carla Ruiz knows the mill well. | Tom Birch'],
    ],
    [
      'a first producer, by name',
      ['Her first producer, Jan Holm, has a photograph of it. “What a wheel it was,” he says.'],
      ['What a wheel it was | Jan Holm'],
    ],
    ['German, so', ['„Die Mühle bleibt“, so Tom Birch.'], ['Die Mühle bleibt | Tom Birch']],
    ['no German so', ['“The mill stays here,” so Tom Birch left.'], ['The mill stays here | -']],
    ['French, pour', ['Pour Tom Birch, « le moulin doit rester ».'], ['le moulin doit rester | Tom Birch']],
    ['a Turkish ending', ['Birch’in tek isteği var: “Değirmen kalsın.”'], ['Değirmen kalsın. | Tom Birch']],
    ['a Turkish honorific', ['Tom Bey, “Değirmen kalacak” dedi.'], ['Değirmen kalacak | Tom Birch']],
    ['a French verb', ['« Le moulin reste », a dit Tom Birch.'], ['Le moulin reste | Tom Birch']],
    [
      'a French verb inside the marks',
      ['« Le moulin reste, confie Tom Birch. Il tourne. »', '« Il tourne, dit-il, et il chante. »'],
      ['Le moulin reste | Tom Birch', 'Il tourne. | Tom Birch', 'Il tourne et il chante. | Tom Birch'],
    ],
    ['a French verb and a day', ['« Oui », a promis lundi Tom Birch.'], ['Oui | Tom Birch']],
    ['a German verb', ['„Die Mühle bleibt“, sagte Tom Birch.'], ['Die Mühle bleibt | Tom Birch']],
    [
      'a Turkish verb after diye',
      ['Tom Birch ise “Değirmen kalacak” diye konuştu.'],
      ['Değirmen kalacak | Tom Birch'],
    ],
    ['a French verb with se', ['« Le moulin reste », s’indigne Tom Birch.'], ['Le moulin reste | Tom Birch']],
    [
      'a French role and its name',
      ['« Le moulin reste », a dénoncé la maire, Anne Rey (PS), à la radio.'],
      ['Le moulin reste | Anne Rey'],
    ],
    [
      'a French verb, a name and what she is, inside the marks',
      ['« Le moulin reste, lâche Anne Rey, meunière à Sarn. Il tourne. »'],
      ['Le moulin reste | Anne Rey', 'Il tourne. | Anne Rey'],
    ],
    [
      'German, so and a party',
      ['„Die Mühle bleibt“, so SPD-Chefin Rosa Quitt.'],
      ['Die Mühle bleibt | Rosa Quitt'],
    ],
    [
      'German, what she is called',
      ['Die Rätin Rosa Quitt rief an. „Wer A sagt, sagt B“, so die 34-Jährige.'],
      ['Wer A sagt, sagt B | Rosa Quitt'],
    ],
    [
      'French, pour, and what he is',
      ['Pour le président du club, Tom Birch, « le moulin doit rester ».'],
      ['le moulin doit rester | Tom Birch'],
    ],
    ['French, with l’', ['« Il tourne », souffle l’arbitre, M. Duval.'], ['Il tourne | Duval']],
    [
      'German, and to whom',
      ['„Sie dreht sich noch“, rief Otto Feldkamp den Räten zu.'],
      ['Sie dreht sich noch | Otto Feldkamp'],
    ],
    ['German, so weiter', ['„Die Mühle bleibt“, so Birch weiter.'], ['Die Mühle bleibt | Tom Birch']],
    [
      'a full stop behind a German mark',
      ['„Die Mühle bleibt“, klagt Tom Birch. „Sie dreht sich immer noch“.'],
      ['Die Mühle bleibt | Tom Birch', 'Sie dreht sich immer noch | Tom Birch'],
    ],
    [
      'what nobody else is called',
      ['“The mill stays,” said juror Zelda Quitt.'],
      ['The mill stays | Zelda Quitt'],
    ],
    ['Will, who is somebody', ['Will Smith said: “The mill stays.”'], ['The mill stays. | Will Smith']],
    ['a Turkish verb', ['Tom Birch, “Değirmen kalacak” dedi.'], ['Değirmen kalacak | Tom Birch']],
  ]
  for (const [name, paragraphs, expected] of table)
    t.strictSame(quotes(body(KNOWN, ...paragraphs)), expected, name)
})

t.test('how sure it is', async (t) => {
  const table: [string, string, string][] = [
    ['“The mill stays,” Carla Ruiz said.', 'high', 'quote-name-cue'],
    ['“The mill stays,” said Carla Ruiz.', 'high', 'quote-cue-name'],
    ['Carla Ruiz said: “The mill stays.”', 'medium', 'name-cue-quote'],
    ['“The mill stays,” the minister said.', 'medium', 'quote-name-cue/nominal'],
    ['“The mill stays,” she said.', 'medium', 'quote-name-cue/pronoun'],
  ]
  for (const [paragraph, confidence, rule] of table) {
    const [quote] = body(KNOWN, paragraph).story.quotes
    t.strictSame([quote?.confidence, quote?.rule], [confidence, rule], paragraph)
  }
})

t.test('19, 20 two that fit are candidates, and nobody speaks', async (t) => {
  const two = 'Energy Minister Carla Ruiz and Health Minister Ana Costa came on Monday.'
  for (const mention of ['the minister', 'she']) {
    const { story } = body(two, `“The mill stays,” ${mention} said.`)
    const [quote] = story.quotes
    t.equal(quote?.speaker, null, mention)
    t.equal(quote?.mention?.text, mention)
    t.strictSame(quote?.candidates.map((one) => nameOf(story, one)).sort(), ['Ana Costa', 'Carla Ruiz'])
  }
})

t.test('20 a surname that two people have leaves the pronoun to nobody', async (t) => {
  const { story } = body('Maria Ruiz met Elena Ruiz.', 'Ruiz was born in Sarn. “I like mills,” she said.')
  t.equal(story.quotes[0]?.speaker, null)
})

t.test('24 a headline that says who speaks is a headline', async (t) => {
  const { story } = readStory(
    'Mill was never ours, says Ruiz\n\nMarch 4, 2024\n\nThe mill is old.\n\n“It has never belonged to the town at all.”\n\nCarla Ruiz is the mayor.',
  )
  t.equal(story.headline, 'Mill was never ours, says Ruiz')
  t.equal(story.quotes.length, 1)
  t.equal(story.quotes[0]?.speaker, null)
  t.equal(nameOf(story, story.quotes[0]?.suggestion?.person), 'Carla Ruiz')
  t.equal(story.people[0]?.as, 'subject')
})

t.test('24 a headline makes nobody known, whatever words have capitals', async (t) => {
  const { story } = readStory(
    `Minister Defends Mill As Late Birch Wheel Turns\n\nMarch 4, 2024\n\n${KNOWN}\n\n“It turns,” said Birch.`,
  )
  t.strictSame(
    story.people.map(({ name, as }) => [name, as]),
    [
      ['Carla Ruiz', 'mentioned'],
      ['Tom Birch', 'subject'],
    ],
  )
})

t.test('25, 26 a caption ends in a credit, and not in an editor’s bracket', async (t) => {
  const caption = 'The mill on the Aller, in spring [Jo Lind/River Agency]'
  const bracket = 'The vote was close, and it was loud. [This story was updated after the vote.]'
  const { story } = readStory(`${HEAD}${caption}\n\n${KNOWN}\n\n${bracket}`)
  t.strictSame(story.image, {
    url: null,
    caption: 'The mill on the Aller, in spring',
    credit: 'Jo Lind/River Agency',
  })
  t.notOk(story.body.includes('River Agency'))
  t.ok(story.body.endsWith('after the vote.]'))
})

t.test('27 furniture is told and is never the headline', async (t) => {
  const head = ['Telling the valley’s story since 1931', 'Share on Facebook', 'Local news for everybody']
  const { story, furniture } = readStory(
    [
      ...head,
      'Council votes on the old mill',
      'March 4, 2024',
      `${KNOWN} The old mill was built in 1790.`,
      'Related:',
    ].join('\n\n'),
  )
  t.equal(story.headline, 'Council votes on the old mill')
  t.strictSame(
    furniture.map(({ text, rule }) => [text, rule]),
    [
      ['Telling the valley’s story since 1931', 'tagline'],
      ['Share on Facebook', 'share-links'],
      ['Local news for everybody', 'above-the-headline'],
      ['Related:', 'related-label'],
    ],
  )
  t.equal(
    readStory(`Odds and ends\n\n${KNOWN}\n\nThe minister met Tom Birch.`).story.headline,
    'Odds and ends',
  )
  const own = readStory(`Valley Voice\n\nCouncil votes\n\n${KNOWN}`, { furniture: ['valley voice'] })
  t.equal(own.story.headline, 'Council votes')
})

t.test('28 the time of publication', async (t) => {
  const table: [string, string | undefined, string | null, string[]][] = [
    ['October 15, 2020 at 2:07 pm', 'Europe/London', '2020-10-15T13:07:00.000Z', []],
    ['October 15, 2020 at 2:07 pm', undefined, '2020-10-15T14:07:00.000Z', ['no_timezone']],
    ['15 October 2020 14:07 BST', undefined, '2020-10-15T13:07:00.000Z', []],
    ['Published: Thursday, 15 Oct. 2020, 14.07 GMT', undefined, '2020-10-15T14:07:00.000Z', []],
    ['Oct 15, 2020, 12:07 a.m. EDT', undefined, '2020-10-15T04:07:00.000Z', []],
    ['2020-10-15T14:07:00+02:00', undefined, '2020-10-15T12:07:00.000Z', []],
    ['2020-10-15 14:07', 'Europe/Istanbul', '2020-10-15T11:07:00.000Z', []],
    ['15. Oktober 2020, 14:07 Uhr', 'Europe/Berlin', '2020-10-15T12:07:00.000Z', []],
    ['Publié le 15 octobre 2020 à 14h07', 'Europe/Paris', '2020-10-15T12:07:00.000Z', []],
    ['15 Ekim 2020 14:07', 'Europe/Istanbul', '2020-10-15T11:07:00.000Z', []],
    ['15/10/2020 14:07', 'UTC', '2020-10-15T14:07:00.000Z', []],
    ['March 4, 2024', 'UTC', '2024-03-04T00:00:00.000Z', ['no_time']],
    ['Posted at 7:15 PM, Nov 02, 2021', 'UTC', '2021-11-02T19:15:00.000Z', []],
    [
      'Published 14:02, 9 October 2024 | Updated 16:40, 9 October 2024',
      'UTC',
      '2024-10-09T14:02:00.000Z',
      [],
    ],
    [
      'Publié le 12 janvier 2024 à 18h30, mis à jour le 13 janvier 2024',
      'UTC',
      '2024-01-12T18:30:00.000Z',
      [],
    ],
    [
      'Posted at 7:15 PM, Nov 02, 2021\nand last updated 9:03 PM, Nov 02, 2021',
      'UTC',
      '2021-11-02T19:15:00.000Z',
      [],
    ],
    ['06.03.2023 - 14:20 | Son Güncelleme: 06.03.2023 - 16:05', 'UTC', '2023-03-06T14:20:00.000Z', []],
    ['Stand: 23.11.2022, 17:05 Uhr', 'Europe/Berlin', '2022-11-23T16:05:00.000Z', []],
    ['By Jo Lind | Opinion | 3 June 2024, 9:30', 'UTC', '2024-06-03T09:30:00.000Z', []],
    ['03/04/2020', 'UTC', null, ['ambiguous_date']],
    ['February 30, 2021', 'UTC', null, []],
  ]
  for (const [line, timezone, instant, warnings] of table) {
    const intake = readStory(`Council votes\n\n${line}\n\n${KNOWN}`, { timezone })
    t.equal(intake.story.publishedAt, instant, line)
    if (instant) t.equal(intake.story.body, KNOWN, line)
    t.strictSame(codes(intake), warnings, line)
  }
  t.equal(
    body(KNOWN, 'On October 15, 2020 at 2:07 pm the wheel stopped.').story.publishedAt,
    '2024-03-04T09:30:00.000Z',
  )
  t.throws(() => readStory(HEAD, { timezone: 'Europe/Nowhere' }), RangeError)
})

t.test('29, 30 related lines are taken out, and words in a sentence are not', async (t) => {
  const { story } = body(
    KNOWN,
    'READ: How the wheel was lost',
    'OPINION: Sell it',
    'The sign on the gate said READ: the report before you vote.',
    'WATCH: The wheel turns https://example.org/wheel',
    'LISTEN: The miller’s song',
    'ANALYSIS: What a mill costs',
  )
  t.strictSame(
    story.relatedLinks.map(({ kind, title, url, position }) => [position, kind, title, url]),
    [
      [1, 'read', 'How the wheel was lost', null],
      [2, 'opinion', 'Sell it', null],
      [3, 'watch', 'The wheel turns', 'https://example.org/wheel'],
      [4, 'listen', 'The miller’s song', null],
      [5, 'analysis', 'What a mill costs', null],
    ],
  )
  t.equal(story.body, `${KNOWN}\n\nThe sign on the gate said READ: the report before you vote.`)
})

t.test('31 pasted HTML', async (t) => {
  const pasted = `<html><head><title>Site</title><style>p { color: red }</style></head><body><p>Valley news</p>
    <h1>Council votes</h1><p>By Jo Lind</p><script>alert("no")</script>
    <p>“The mill&nbsp;<em>stays</em> &amp; turns,” said Carla Ruiz, the mayor.</p>
    <p>See <a href="https://example.org/a?b=1&amp;c=2">the plan</a> or <a href="javascript:alert(1)">not</a>.</p>
    <p>READ: <a href="https://example.org/wheel">The lost wheel</a></p></body></html>`
  const { story, furniture } = readStory(pasted)
  t.equal(story.headline, 'Council votes')
  t.equal(story.byline, 'Jo Lind')
  t.equal(
    story.body,
    '“The mill stays & turns,” said Carla Ruiz, the mayor.\n\nSee [the plan](<https://example.org/a?b=1&c=2>) or not.',
  )
  t.strictSame(story.relatedLinks[0]?.url, 'https://example.org/wheel')
  t.equal(story.quotes[0]?.text, 'The mill stays & turns')
  t.strictSame(
    story.quotes[0]?.parts.map((part) => words(pasted, part)),
    ['The mill&nbsp;<em>stays</em> &amp; turns,'],
  )
  t.strictSame(
    furniture.map(({ text }) => text),
    ['Valley news'],
  )
})

t.test('31 what stands around a story on its page is furniture', async (t) => {
  const { story, furniture } = readStory(
    `<nav><ul><li>Home page</li></ul></nav><img alt="x > y"><h1>Council votes</h1><p>${KNOWN}</p>
    <aside><h2>Related</h2><p>How the wheel was lost</p></aside><p>The end.</p><footer>Valley Voice</footer>`,
  )
  t.equal(story.headline, 'Council votes')
  t.equal(story.body, `${KNOWN}\n\nThe end.`)
  t.strictSame(
    furniture.map(({ text, rule }) => [text, rule]),
    [
      ['Home page', 'around-the-story'],
      ['Related', 'around-the-story'],
      ['How the wheel was lost', 'around-the-story'],
      ['Valley Voice', 'around-the-story'],
    ],
  )
  t.equal(readStory(`<aside><h1>Council votes</h1><p>${KNOWN}</p>`).story.body, KNOWN)
})

t.test('29, 31 every way of leading to other stories', async (t) => {
  const link = (name: string) => `<a href="https://example.org/${name}">The ${name} mill</a>`
  const table: [string, string, string[]][] = [
    ['a label and a title', 'Related: The lost wheel', ['The lost wheel -']],
    ['with its address', 'Read more: The wheel https://example.org/w', ['The wheel https://example.org/w']],
    ['See also', 'See also: Who owns it?', ['Who owns it? -']],
    ['titles below', 'Related stories\nThe lost wheel\nWho owns it?', ['The lost wheel -', 'Who owns it? -']],
    [
      'titles with bullets',
      'See also:\n\n- The lost wheel\n- Who owns it?',
      ['The lost wheel -', 'Who owns it? -'],
    ],
    ['nothing below', 'Related:', []],
    ['what has a full stop is no title', 'Read more:\n\nThe lost wheel was found.', []],
    ['share links are none', 'Related:\nShare on Facebook', []],
    ['a link behind a label', `<p>Related: ${link('old')}</p>`, ['The old mill https://example.org/old']],
    ['a link without a colon', `<p>Read more ${link('old')}</p>`, ['The old mill https://example.org/old']],
    [
      'several links in a line',
      `<p>Related: ${link('old')} | ${link('new')}</p>`,
      ['The old mill https://example.org/old', 'The new mill https://example.org/new'],
    ],
    [
      'a list of links',
      `<h3>Related</h3><ul><li>${link('old')}</li><li>${link('new')}</li></ul>`,
      ['The old mill https://example.org/old', 'The new mill https://example.org/new'],
    ],
    [
      'beside the story on its page',
      `<aside><h3>More on this story</h3><p>${link('old')}</p><p>Sign in</p></aside>`,
      ['The old mill https://example.org/old'],
    ],
  ]
  for (const [name, lines, expected] of table) {
    const isHtml = lines.startsWith('<')
    const end = 'The mill is old.'
    const text = isHtml
      ? `<h1>Council votes</h1><p>${KNOWN}</p>${lines}<p>${end}</p>`
      : `${HEAD}${KNOWN}\n\n${lines}\n\n${end}`
    const { story, furniture } = readStory(text)
    t.strictSame(
      story.relatedLinks.map(({ title, url }) => `${title} ${url ?? '-'}`),
      expected,
      name,
    )
    t.ok(story.body.startsWith(KNOWN) && story.body.endsWith(end), name)
    t.equal(
      furniture.some(({ rule }) => rule === 'related-label'),
      expected.length === 0,
      name,
    )
  }
})

t.test('a dateline is a place and a date, and leaves the body', async (t) => {
  const table: [string, string | null, string | null, string[]][] = [
    ['Lowmouth, 9 September 2023 – ', 'Lowmouth', '2023-09-09', []],
    ['LONDON (Reuters) - ', 'London', null, ['LONDON (Reuters) -']],
    ['PARIS, 4 mars (AFP) — ', 'Paris', null, ['PARIS, 4 mars (AFP) —']],
    ['BERLIN, 3. Mai 2024 (dpa) – ', 'Berlin', '2024-05-03', ['BERLIN, 3. Mai 2024 (dpa) –']],
    ['PORT ELIN, Scotland — ', 'Port Elin, Scotland', null, []],
    ['LOWMOUTH, UK – 9 September 2023 – ', 'Lowmouth, UK', '2023-09-09', []],
    [
      'WASHINGTON, D.C., Sept. 9, 2023 /Newswire/ -- ',
      'Washington, D.C.',
      '2023-09-09',
      ['WASHINGTON, D.C., Sept. 9, 2023 /Newswire/ --'],
    ],
    ['Sept 9 (Reuters) - ', null, null, ['Sept 9 (Reuters) -']],
    ['Sarn (eb). ', 'Sarn', null, ['Sarn (eb).']],
  ]
  for (const [line, place, day, left] of table) {
    const { story, furniture } = readStory(`Council votes\n\n${line}${KNOWN}`)
    t.strictSame(
      [story.body, story.place, story.publishedAt?.slice(0, 10) ?? null],
      [KNOWN, place, day],
      line,
    )
    t.strictSame(
      furniture.map(({ text }) => text),
      left,
      line,
    )
  }
  for (const none of [
    'Tom Birch – a miller – met us.',
    'NATO — the alliance — met.',
    'Carla Ruiz (CDU) – who met us – left.',
  ]) {
    const { story } = readStory(`Council votes\n\n${none}\n\n${KNOWN}`)
    t.strictSame([story.body, story.place], [`${none}\n\n${KNOWN}`, null], none)
  }
  const alone = readStory(`Council votes\nPort Elin, 9 September 2023\n\n${KNOWN}`).story
  t.match(alone, { body: KNOWN, place: 'Port Elin', publishedAt: '2023-09-09T00:00:00.000Z' })
  t.equal(
    readStory(`Council votes\n\nMarch 4, 2024\n\nSARN, March 3, 2024 — ${KNOWN}`).story.publishedAt?.slice(
      0,
      10,
    ),
    '2024-03-04',
  )
})

t.test(
  'a line that goes on in small letters is of the paragraph above, however wide the lines are',
  async (t) => {
    const lines = `${KNOWN.slice(0, -1)} to talk about the wheel of the old mill, as\nthey had said they would.\nTom Birch stayed.`
    const { body: read, standfirst } = readStory(`Council votes\n\n${lines}`).story
    t.strictSame([read, standfirst], [lines.replace('as\nthey', 'as they').replace('\nTom', '\n\nTom'), null])
  },
)

t.test('a standfirst is known by where it stands', async (t) => {
  const line = 'The wheel has not turned since the war'
  const table: [string, string, string | null][] = [
    ['above the byline', `Council votes\n\n${line}\n\nBy Jo Lind\n\n${KNOWN}`, line],
    ['below it', `Council votes\n\nBy Jo Lind\n\n${line}\n\n${KNOWN}`, line],
    ['without one', `Council votes\n\n${line}\n\n${KNOWN}`, line],
    ['above the dateline', `Council votes\n\n${line}.\n\nSARN (AP) — ${KNOWN}`, `${line}.`],
    ['a second heading', `<h1>Council votes</h1><h2>${line}.</h2><p>${KNOWN}</p>`, `${line}.`],
    ['marked as one', `<h1>Council votes</h1><p class="standfirst">${line}.</p><p>${KNOWN}</p>`, `${line}.`],
    ['a byline that is not known is none', `Council votes\n\nBy Jo, from our office\n\n${KNOWN}`, null],
    ['a sentence is none', `Council votes\n\n${line}.\n\n${KNOWN}`, null],
    ['nor is what announces something', `Council votes\n\nCarla Ruiz said:\n\n${KNOWN}`, null],
  ]
  for (const [name, text, standfirst] of table) {
    const { story } = readStory(text)
    t.strictSame([story.headline, story.standfirst], ['Council votes', standfirst], name)
    t.equal(story.body === KNOWN, standfirst !== null, name)
  }
})

t.test('what stands below a story leaves it, and is told', async (t) => {
  const table: [string, string[]][] = [
    ...['-ENDS-', 'ENDS', '(ENDS)', '- 30 -', '###', '___'].map((mark): [string, string[]] => [
      mark,
      ['end-mark'],
    ]),
    ['ENDS\n\nAbout the mill\n\nIt is old.', ['end-mark', 'after-the-end', 'after-the-end']],
    [
      'Notes to editors\n\n1. It was built in 1790.\n\n2. It is old.',
      ['notes-to-editors', 'notes-to-editors', 'notes-to-editors'],
    ],
    ['Contact: Jo Lind\njo@example.org\n+44 1234 567890', ['contact', 'contact', 'contact']],
    [
      'For further information, please contact:\n\nJo Lind\n\nTel: 01234 567890',
      ['contact', 'contact', 'contact'],
    ],
    ['Media contact\nJo Lind', ['contact', 'contact']],
    ['Additional reporting by Jo Lind', ['agency-credits']],
    ['Additional reporting: Jo Lind', ['agency-credits']],
    ['((jo.lind@example.org; +44 1234;))', ['contact']],
    ['Have a news tip? Call 555-0142.', ['contact']],
    ['(Adds comment, paragraph 4)', ['agency-note']],
    [
      `Additional reporting by Jo Lind${' and Ana Costa'.repeat(12)}; editing by Tom Birch.`,
      ['agency-credits'],
    ],
    ['___\n\nJo Lind in Sarn contributed to this report.', ['end-mark', 'agency-credits']],
  ]
  for (const [lines, rules] of table) {
    const { story, furniture } = readStory(`${HEAD}${KNOWN}\n\nIt was late.\n\n${lines}`)
    t.equal(story.body, `${KNOWN}\n\nIt was late.`, lines)
    t.strictSame(
      furniture.map(({ rule }) => rule),
      rules,
      lines,
    )
  }
  for (const tail of [' ENDS', ' -ENDS-', ' (Reporting by Jo Lind; editing by Ana Costa)'])
    t.equal(body(`${KNOWN}${tail}`).story.body, KNOWN, tail)
  t.strictSame(codes(body(KNOWN, 'ENDS', 'It is old.')), ['after_the_end'])
  const prose = [
    'Ends',
    'Contact with the mill was lost on Monday.',
    'Carla Ruiz contributed to the report that the council asked for.',
    'Die Mühle bleibt, schreibt die Bild: „Es klappert weiter“',
    'Weather – a report',
  ]
  for (const line of prose) t.equal(body(KNOWN, line, KNOWN).story.body.split('\n\n')[1], line)
  const twice = body(KNOWN, '###', 'It is old.', '###', 'It turns.').story.body
  t.equal(twice, `${KNOWN}\n\nIt is old.\n\nIt turns.`)
  const label = 'PRESS RELEASE – EMBARGOED UNTIL 00:01 ON MONDAY 30 NOVEMBER 2026'
  t.match(readStory(`Council votes\n\n${label}\n\n${KNOWN}`).story, { place: null, body: KNOWN })
  const release = readStory(`Contact: Jo Lind, jo@example.org\n\nCouncil votes\n\n${KNOWN}`).story
  t.strictSame([release.headline, release.body], ['Council votes', KNOWN])
})

t.test('31 what the tags of a page say: its date, its picture and the credit', async (t) => {
  const time = '<time datetime="2024-03-04T09:30:00+01:00">4 March 2024, 9.30am</time>'
  const meta = '<meta property="article:published_time" content="2024-03-04T08:30:00Z">'
  const data = '<script type="application/ld+json">{"datePublished": "2024-03-04T08:30:00Z"}</script>'
  const dates: [string, string | null][] = [
    [`<p>${time}</p>`, '2024-03-04T08:30:00.000Z'],
    [`<p><span>By Jo Lind</span> ${time} <span>3 min read</span></p>`, '2024-03-04T08:30:00.000Z'],
    [`<p>Published: ${time}</p>`, '2024-03-04T08:30:00.000Z'],
    ['<time datetime="2024-03-04T09:30:00+01:00">3 hours ago</time>', '2024-03-04T08:30:00.000Z'],
    [`${meta}<p>4 March 2024, 9.30am</p>`, '2024-03-04T08:30:00.000Z'],
    [`${data}<p>By Jo Lind</p>`, '2024-03-04T08:30:00.000Z'],
    [`${data}<p>4 March 2024, 9.30am EST</p>`, '2024-03-04T14:30:00.000Z'],
    [`${meta}<p>1 May 2020, 9.30am</p>`, '2020-05-01T09:30:00.000Z'],
    [`<p>It began on ${time} in Sarn.</p>`, null],
  ]
  for (const [tags, instant] of dates)
    t.equal(readStory(`<h1>Council votes</h1>${tags}<p>${KNOWN}</p>`).story.publishedAt, instant, tags)
  const img = '<img src="https://example.org/mill.jpg">'
  const url = 'https://example.org/mill.jpg'
  const pictures: [string, object | null][] = [
    [
      `<figure>${img}<figcaption>The mill. Photo: Jo Lind</figcaption></figure>`,
      { url, caption: 'The mill.', credit: 'Jo Lind' },
    ],
    [
      `<figure>${img}<figcaption>The mill (Foto: dpa)</figcaption></figure>`,
      { url, caption: 'The mill', credit: 'dpa' },
    ],
    [
      `<figure>${img}<figcaption>The mill | © Jo Lind</figcaption></figure>`,
      { url, caption: 'The mill', credit: 'Jo Lind' },
    ],
    [
      `<figure>${img}<figcaption>The mill. Picture by Jo Lind</figcaption></figure>`,
      { url, caption: 'The mill.', credit: 'Jo Lind' },
    ],
    [
      `<figure>${img}<figcaption><p>The mill</p><p>© Jo Lind</p></figcaption></figure>`,
      { url, caption: 'The mill', credit: 'Jo Lind' },
    ],
    [
      `<figure>${img}<figcaption>The mill<span class="credit">Jo Lind for us</span></figcaption></figure>`,
      { url, caption: 'The mill', credit: 'Jo Lind for us' },
    ],
    [`<p>${img}</p>`, { url, caption: null, credit: null }],
    [`<meta property="og:image" content="${url}">`, { url, caption: null, credit: null }],
    ['<img src="/mill.jpg"><img src="https://example.org/dot.gif" width="1">', null],
  ]
  for (const [tags, image] of pictures) {
    const { story } = readStory(`<h1>Council votes</h1>${tags}<p>${KNOWN}</p>`)
    t.strictSame([story.image, story.body], [image, KNOWN], tags)
  }
})

t.test('32 letters in the wrong encoding are repaired where nothing is lost', async (t) => {
  const intake = body('JosÃ© Lind, a miller, said: â€œIt’s a cafÃ© now.â€\u009d')
  t.strictSame(quotes(intake), ['It’s a café now. | José Lind'])
  t.strictSame(codes(intake), ['repaired_characters'])
  t.strictSame(codes(body('The word in capitals is CAFÉ… and „SPÄ“ in German.')), [])
  const bytes = Uint8Array.from([0x93, 0x4a, 0x6f, 0x73, 0xe9, 0x94])
  t.strictSame(decodeText(bytes), { text: '“José”', encoding: 'windows-1252' })
  t.strictSame(decodeText(new TextEncoder().encode('\uFEFF“José”')).encoding, 'utf-8')
})

t.test('33 line ends, byte order marks and kinds of blank change nothing', async (t) => {
  const pasted = `${HEAD}${KNOWN}\n\n« The mill stays », said Carla Ruiz.`
  const expected = readStory(pasted)
  const others = [
    pasted.replaceAll('\n', '\r\n'),
    pasted.replaceAll('\n', '\r'),
    `\uFEFF${pasted}`,
    pasted.replaceAll(' ', '\u00A0'),
  ]
  for (const other of others) t.strictSame(readStory(other), expected)
})

t.test('34 nothing to read', async (t) => {
  for (const empty of ['', '  \n\t\n', '\uFEFF', '\u200B\u200E']) {
    const intake = readStory(empty)
    t.strictSame(codes(intake), ['empty_text'])
    t.equal(intake.story.headline, '')
    t.equal(intake.story.body, '')
  }
})

t.test('36 offsets count code points and land on the words', async (t) => {
  const pasted = `${HEAD}👩🏽‍🌾🏭 ${KNOWN}\n\n😀 “The 🏭 stays 😀,” said Carla Ruiz.`
  const { story } = readStory(pasted)
  t.equal(words(pasted, story.quotes[0]?.parts[0] ?? { start: 0, end: 0 }), 'The 🏭 stays 😀,')
  for (const span of story.people[0]?.spans ?? []) t.equal(words(pasted, span), 'Carla Ruiz')
})

t.test('37 letters of other alphabets and marks of direction are kept', async (t) => {
  const { story } = body('İsmail Kırıkoğlu, a miller, said: “Iğdır’ın ırmağı \u2067שלום\u2069 kalır.”')
  t.equal(story.people[0]?.name, 'İsmail Kırıkoğlu')
  t.equal(story.quotes[0]?.text, 'Iğdır’ın ırmağı \u2067שלום\u2069 kalır.')
})

/** A nickname with all kinds of marks. */
const nicknamed = [
  '"Bobby"',
  '“Bobby”',
  '‘Bobby’',
  "'Bobby'",
  "''Bobby''",
  '(Bobby)',
  '« Bobby »',
  '«Bobby»',
  '„Bobby“',
].map((nickname) => `Robert ${nickname} Hayes`)

t.test('38 whole names, and surnames that find them', async (t) => {
  const table: [string, string][] = [
    ['J. K. Rowling', 'Rowling'],
    ['J.K. Rowling', 'Rowling'],
    ['Bashar al-Assad', 'al-Assad'],
    ['Bashar al-Assad', 'Assad'],
    ['Charles de Gaulle', 'de Gaulle'],
    ['Ursula von der Leyen', 'von der Leyen'],
    ['Vincent van Gogh', 'van Gogh'],
    ['İbrahim Kalın', 'Kalın'],
    ['Osama bin Tariq', 'bin Tariq'],
    ['Étienne Le Goff', 'Mr Le Goff'],
    ['Étienne Le Goff', 'Le Goff'],
    ['Anna van den Berg', 'Ms Van den Berg'],
    ['Clara De Souza', 'De Souza'],
    ['Luis De La Rosa', 'Mr De La Rosa'],
    ['Marco Della Rovere', 'Signor Della Rovere'],
    ['Luis dos Santos', 'Mr dos Santos'],
    ['Jan ter Horst', 'Mr ter Horst'],
    ['Ahmed Al-Sayed', 'Mr Al-Sayed'],
    ['Yusuf Bin Khalid', 'Mr Bin Khalid'],
    ['David Ben Gurion', 'Ben Gurion'],
    ['Rory Mac Lochlainn', 'Mr Mac Lochlainn'],
    ['Paul O’Neill', 'Mr O’Neill'],
    ['Gabriel García Márquez', 'Mr García Márquez'],
    ['Marcus Whitlock Jr.', 'Whitlock'],
    ...nicknamed.flatMap((name): [string, string][] =>
      ['Hayes', 'Bobby Hayes', 'Robert Hayes'].map((later) => [name, later]),
    ),
    ['Robert “The Hammer” Hayes', 'Mr Hayes'],
    ['Luiz Inácio “Lula” da Silva', 'Lula da Silva'],
  ]
  for (const [name, surname] of table) {
    const { story } = body(`The visitor was ${name}, a writer.`, `“The mill stays,” ${surname} said.`)
    t.strictSame(
      story.people.map((person) => person.name),
      [name],
      surname,
    )
    t.equal(nameOf(story, story.quotes[0]?.speaker), name, surname)
    t.equal(story.quotes.length, 1, name)
  }
})

t.test('38 what stands beside a name is no part of it', async (t) => {
  const table: [string, string, string | null][] = [
    ['Cllr Jane Poole', 'Cllr Poole', 'Cllr'],
    ['Coun Jane Poole', 'Mrs Poole', 'Coun'],
    ['Det Insp Jane Poole', 'Det Insp Poole', 'Det Insp'],
    ['DCI Jane Poole', 'the inspector', 'DCI'],
    ['Det Con Jane Poole', 'the constable', 'Det Con'],
    ['Acting Ch Supt Jane Poole', 'Ch Supt Poole', 'Acting Ch Supt'],
    ['PC Jane Poole', 'PC Poole', 'PC'],
    ['the Rev Jane Poole', 'Rev Poole', 'Rev'],
    ['Prof. Dr. Jane Poole', 'Prof Poole', 'Prof.'],
    ['Sgt Jane Poole', 'Sgt Poole', 'Sgt'],
    ['Lt Col Jane Poole', 'the colonel', 'Lt Col'],
    ['Lt. Col. Jane Poole', 'Col. Poole', 'Lt. Col.'],
    ['Dr Jane Poole', 'Dr Poole', null],
    ['Dame Jane Poole', 'Dame Jane', null],
    ['the Rt Hon. Jane Poole MP', 'Poole', null],
    ['Mme Jane Poole', 'Mme Poole', null],
    ['Frau Jane Poole', 'Frau Poole', null],
    ['Sayın Jane Poole', 'Poole Hanım', null],
    ['Cllr Jane Poole, the council leader,', 'Cllr Poole', 'council leader'],
    ['opposition leader Cllr Jane Poole', 'Cllr Poole', 'opposition leader'],
    ['State Sen. Jane Poole, a Democrat,', 'Sen. Poole', 'State Sen.'],
  ]
  for (const [name, later, role] of table) {
    const { story } = body(`On Monday ${name} came.`, `“It turns,” said ${later}.`)
    t.strictSame(
      story.people.map((person) => [person.name, person.role]),
      [['Jane Poole', role]],
      name,
    )
    t.equal(nameOf(story, story.quotes[0]?.speaker), 'Jane Poole', later)
  }
})

t.test('38 a role is the whole phrase', async (t) => {
  const table: [string, string | null, string | null][] = [
    ['Council leader Ana Costa said', 'Council leader', null],
    ['They met crime writer Ana Costa, who said', 'crime writer', null],
    ['They mourn author Ana Costa, who said', 'author', null],
    ['Lifeboat Operations Manager Ana Costa said', 'Operations Manager', null],
    ['STRIKER Ana Costa said', 'Striker', null],
    ['BRAVE Ana Costa said', null, null],
    ['They levelled through skipper Ana Costa, who said', 'skipper', null],
    ['Minister for Health and Social Care Ana Costa said', 'Minister for Health and Social Care', null],
    ['Le député Ana Costa said', 'député', null],
    ['Hier, l’entraîneur Ana Costa said', 'entraîneur', null],
    ['Deputy Chief Constable Ana Costa said', 'Deputy Chief Constable', null],
    ['Head of year Ana Costa said', 'Head of year', null],
    ['Ana Costa, head of year at Sarn High, said', 'head of year', 'Sarn High'],
    ['Ana Costa, Head of Audiology at Sarn University, said', 'Head of Audiology', 'Sarn University'],
    ['Ana Costa, who is cabinet member for adult care, said', 'cabinet member for adult care', null],
    ['Cabinet member for highways Ana Costa said', 'Cabinet member for highways', null],
    ['Secretary of State Ana Costa said', 'Secretary of State', null],
    ['Harbour Board chair Ana Costa said', 'Harbour Board chair', null],
    ['The Harbour Board chair, Ana Costa, said', 'Harbour Board chair', null],
    ['The leader of the council, Ana Costa, said', 'leader of the council', null],
    ['In March council leader Ana Costa said', 'council leader', null],
    ['The town’s football coach Ana Costa said', 'football coach', null],
    ['Former Olympic rower Ana Costa said', 'Former Olympic rower', null],
    ['Green Party co-leader Ana Costa said', 'Green Party co-leader', null],
    ['Councillors applaud goalkeeper Ana Costa, who said', 'goalkeeper', null],
    ['The plan is for mother-of-two Ana Costa, who said', 'mother-of-two', null],
    ['Ana Costa, chair of the Harbour Board, said', 'chair', 'Harbour Board'],
  ]
  for (const [words, role, affiliation] of table) {
    const { story } = body(`${words}: “It turns.”`)
    t.match(story.people, [{ name: 'Ana Costa', role, affiliation }], words)
  }
  for (const sure of [
    'They met Zelda Quitt. It turns, Ms Quitt said.',
    'He was kind to neighbour Ana Costa.',
  ])
    t.match(body(sure).story.people, [
      { confidence: 'high', role: sure.includes('kind') ? 'neighbour' : null },
    ])
  t.equal(body('PC Zelda Quitt said: “It turns.”').story.people[0]?.confidence, 'high')
  const council = body('Council leader Ana Costa came.', '“It turns,” the council said.')
  t.strictSame(quotes(council), ['It turns | -'])
  const nobody = body(
    'Le Président de la République et le Sprecher des Ministeriums. The Ford “Mustang” Cobra came.',
    'Am Dienstagabend die Entscheidung. Her son Harpreet and pupil Zelda came. Die Frau des Pfarrers und der Bürgermeister von Moorstedt kamen. They met at Victoria Baths.',
  )
  t.notOk(nobody.story.people.some(({ confidence }) => confidence === 'high'))
})

t.test('41 the same text gives the same bytes', async (t) => {
  const pasted = `${HEAD}${KNOWN}\n\n“The mill stays,” she said.`
  t.equal(JSON.stringify(readStory(pasted)), JSON.stringify(readStory(pasted)))
  t.strictSame(readStory(pasted), structuredClone(readStory(pasted)))
})

t.test('people', async (t) => {
  const { story } = body(
    'Russian Foreign Minister Sergey Lavrov spoke. Lavrov left, and the Assad regime was glad. Field Marshal Khalifa Haftar stayed.',
    'Ingrid Holm, chief executive of Sarn Rail, met Turkey’s Foreign Minister Mevlüt Kaya.',
    '“It turns,” said Tom Birch, the miller. Acme Chief Executive Jan Park and Deputy Transport Secretary Ada Lowe KC nodded.',
    'Winifred May Tolley, who died in March, was 97.',
  )
  t.strictSame(
    story.people.map(({ name, role, affiliation, country, as }) => [name, role, affiliation, country, as]),
    [
      ['Sergey Lavrov', 'Foreign Minister', null, 'RU', 'mentioned'],
      ['Khalifa Haftar', 'Field Marshal', null, null, 'mentioned'],
      ['Ingrid Holm', 'chief executive', 'Sarn Rail', null, 'mentioned'],
      ['Mevlüt Kaya', 'Foreign Minister', null, null, 'mentioned'],
      ['Tom Birch', 'miller', null, null, 'mentioned'],
      ['Jan Park', 'Chief Executive', null, null, 'mentioned'],
      ['Ada Lowe', 'Deputy Transport Secretary', null, null, 'mentioned'],
      ['Winifred May Tolley', null, null, null, 'mentioned'],
    ],
  )
  t.equal(story.people[0]?.spans.length, 2)
})

t.test('nothing in a pasted text becomes markup', async (t) => {
  const { story } = body(
    '# No heading',
    '* no list',
    '1. none',
    'a *star*, a `tick`, <b>, [a](b), &amp; and snake_case',
    '---',
    '> no',
    '[x]: y',
  )
  t.equal(
    story.body,
    '\\# No heading\n\n\\* no list\n\n1\\. none\n\na \\*star\\*, a \\`tick\\`, \\<b>, [a\\](b), \\&amp; and snake_case\n\n\\---\n\n\\> no\n\n\\[x]: y',
  )
})

t.test('headline, standfirst, byline and place', async (t) => {
  const { story, fields } = readStory(
    'Council votes on the old mill\nThe wheel has not turned since the war\nBy Jo Lind and Ana Costa | 4 March 2024, 09:30 UTC\n\nSARN (River Agency) — The council voted.',
  )
  t.equal(story.headline, 'Council votes on the old mill')
  t.equal(story.standfirst, 'The wheel has not turned since the war')
  t.equal(story.byline, 'Jo Lind and Ana Costa')
  t.equal(story.place, 'Sarn')
  t.equal(story.publishedAt, '2024-03-04T09:30:00.000Z')
  t.strictSame(
    story.people.map(({ name, as }) => [name, as]),
    [
      ['Jo Lind', 'author'],
      ['Ana Costa', 'author'],
    ],
  )
  t.strictSame(fields.headline, { span: { start: 0, end: 29 }, rule: 'first-line', confidence: 'high' })
})

t.test('what comes out is as long as a field may be, and there is a headline for every text', async (t) => {
  const many = 'word '.repeat(9000)
  const { story } = readStory(`${many}\n\n“${many}”\n\nMr ${'X'.repeat(500)} said “no.”\n\nREAD: ${many}`)
  t.ok(story.headline.length <= 300)
  t.ok(story.quotes.every(({ text }) => text.length <= 20_000))
  t.ok(story.people.every(({ name }) => name.length <= 200))
  t.strictSame(story.relatedLinks, [])
  const open = readStory(`Head\n\n${'“It goes on and on and on.\n\n'.repeat(2000)}`)
  t.ok(open.story.quotes.every(({ text }) => text.length <= 20_000))
  const only: [string, string][] = [
    ['READ: more', 'READ: more'],
    ['Share', 'Share'],
    ['March 4, 2024', 'March 4, 2024'],
    [`${'😀'.repeat(300)}`, '😀'.repeat(200)],
  ]
  for (const [text, headline] of only) {
    t.equal(readStory(text).story.headline, headline)
    t.ok(codes(readStory(text)).includes('no_headline'))
  }
})

t.test('a byline directly under a headline is no part of it', async (t) => {
  const { story } = readStory(
    `Council votes to keep the old mill on the river after a long night\nBy ANA COSTA, River Agency\n\n${KNOWN}`,
  )
  t.equal(story.headline, 'Council votes to keep the old mill on the river after a long night')
  t.equal(story.byline, 'ANA COSTA, River Agency')
})

t.test('a date directly under a long headline is no part of it', async (t) => {
  const headline = 'Council votes to keep the old mill on the river after a long night'
  const { story } = readStory(`Lokales / Sarn\n\n${headline}\nMon 4 March 2024 11:42 GMT\n\n${KNOWN}`)
  t.match(story, { headline, publishedAt: '2024-03-04T11:42:00.000Z', body: KNOWN })
})

t.test('a byline without “by” stands between the headline and the date', async (t) => {
  const { story } = readStory(`Council votes\nAna Costa in Sarn\nThu 3 Oct 2024 14.07 BST\nShare\n\n${KNOWN}`)
  t.equal(story.byline, 'Ana Costa in Sarn')
  t.equal(story.publishedAt, '2024-10-03T13:07:00.000Z')
  t.equal(story.body, KNOWN)
})

t.test('a byline names people, and says what they are', async (t) => {
  const table: [string, string[]][] = [
    ['By Dana Whitfield, Local Democracy Reporter', ['Dana Whitfield | Local Democracy Reporter | -']],
    ['By Dana Whitfield\nLocal Democracy Reporter', ['Dana Whitfield | Local Democracy Reporter | -']],
    ['By Local Democracy Reporter Dana Whitfield', ['Dana Whitfield | Local Democracy Reporter | -']],
    ['By Dana Whitfield Local Democracy Reporter', ['Dana Whitfield | Local Democracy Reporter | -']],
    ['Dana Whitfield - Local Democracy Reporter', ['Dana Whitfield | Local Democracy Reporter | -']],
    ['Dana Whitfield | Health Editor | 4 March 2024', ['Dana Whitfield | Health Editor | -']],
    ['Dana Whitfield\nHealth Editor\n4 March 2024', ['Dana Whitfield | Health Editor | -']],
    ['By our chess correspondent, Jo Lind', ['Jo Lind | chess correspondent | -']],
    [
      'By Dana Whitfield, Political Editor, and Jo Lind, Health Editor',
      ['Dana Whitfield | Political Editor | -', 'Jo Lind | Health Editor | -'],
    ],
    ['By Dana Whitfield, Associated Press', ['Dana Whitfield | - | Associated Press']],
    ['By DANA WHITFIELD\nAP Sports Writer', ['Dana Whitfield | Sports Writer | AP']],
    ['Par Claire MONTRACHET (AFP)', ['Claire Montrachet | - | AFP']],
    ['Von unserem Redakteur Jens Holm', ['Jens Holm | Redakteur | -']],
    ['Reviewed by Dana Whitfield', ['Dana Whitfield | - | -']],
    ['Words: Dana Whitfield', ['Dana Whitfield | - | -']],
    ['Par Claire Montrachet avec AFP', ['Claire Montrachet | - | AFP']],
    ['Von Claire Montrachet (mit dpa)', ['Claire Montrachet | - | dpa']],
    ['By Dana Whitfield and agencies', ['Dana Whitfield | - | -']],
    ['By Zadie Hall in Sarn', ['Zadie Hall | - | -']],
    ['By Dr Jo Lind MP', ['Jo Lind | - | -']],
    ['By Robert “Bobby” Hayes', ['Robert “Bobby” Hayes | - | -']],
    ["BY SEAN O'NEILL AND MARY MCDONALD-LE ROUX", ["Sean O'Neill | - | -", 'Mary McDonald-Le Roux | - | -']],
    ['By JUAN DE LA CRUZ and J.K. LE GOFF', ['Juan de la Cruz | - | -', 'J.K. Le Goff | - | -']],
    ['By ELİF YILDIZ', ['Elif Yıldız | - | -']],
    ['Local Democracy Reporter', []],
    ['By Our Own Correspondent', []],
    ['By Staff Reporter', []],
    ['By AFP', []],
    ['By The Associated Press', []],
  ]
  for (const [line, expected] of table) {
    const { story } = readStory(`Council votes\n\n${line}\n\n${KNOWN}`)
    const authors = story.people.filter(({ as }) => as === 'author')
    t.strictSame(
      authors.map(({ name, role, affiliation }) => [name, role ?? '-', affiliation ?? '-'].join(' | ')),
      expected,
      line,
    )
    t.strictSame([story.headline, story.standfirst, story.body], ['Council votes', null, KNOWN], line)
  }
  const signed = readStory(`Council votes\n\n${KNOWN}\n\nIt turns.\n\nClaire Le Goff`).story
  t.match(signed, { byline: 'Claire Le Goff', people: [{}, {}, { name: 'Claire Le Goff', as: 'author' }] })
  t.notOk(signed.body.includes('Goff'))
  for (const line of ['Mill Editor Quits After Row', 'By Ana Costa, the wheel has turned.', 'By The Numbers'])
    t.equal(readStory(`Council votes\n\n${line}\n\n${KNOWN}`).story.byline, null, line)
})

t.test('copy of an agency has a place, no headline, and the names of those who wrote it below', async (t) => {
  const { story, furniture } = readStory(
    'SARN, March 4 (River Agency) - The council of Sarn voted on Monday to keep its mill.\n\n“It turns,” said Carla Ruiz.\n\n(Reporting by Jo Lind; Editing by Ana Costa)',
  )
  t.equal(story.headline, 'The council of Sarn voted on Monday to keep its mill.')
  t.equal(story.place, 'Sarn')
  t.ok(story.body.startsWith('The council'))
  t.strictSame(
    story.people.map(({ name, as }) => [name, as]),
    [['Carla Ruiz', 'mentioned']],
  )
  t.strictSame(
    furniture.map(({ text, rule }) => [text, rule]),
    [
      ['SARN, March 4 (River Agency) -', 'dateline'],
      ['(Reporting by Jo Lind; Editing by Ana Costa)', 'agency-credits'],
    ],
  )
})

t.test('a text without a headline gets its first words', async (t) => {
  const long = 'The mill on the river was sold on Monday to a man who had never seen it. '.repeat(6).trim()
  const intake = readStory(long)
  t.equal(intake.story.headline, 'The mill on the river was sold on Monday to a man who had never seen it.')
  t.equal(intake.story.body, long)
  t.strictSame(codes(intake), ['one_line', 'no_headline'])
})
