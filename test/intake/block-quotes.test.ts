import t from 'tap'
import { blockQuotesIn } from '../../src/intake/block-quotes.ts'

const okafor = { speaker: { name: 'Ada Okafor' }, role: null }

t.test('a block quote that ends in a line with a dash and a name is a quote', async (t) => {
  const cases: readonly (readonly [body: string, quotes: readonly object[]])[] = [
    ['> We have found the money.\n> — Ada Okafor', [{ text: 'We have found the money.', ...okafor }]],
    ['> We have found it.\n>\n> -- Ada Okafor', [{ text: 'We have found it.', ...okafor }]],
    ['> “We have found it.”\n> – *Ada Okafor*', [{ text: 'We have found it.', ...okafor }]],
    ['> “One,” and “two.”\n> — Ada Okafor', [{ text: '“One,” and “two.”', ...okafor }]],
    [
      '> One.\n>\n> Two.\n>\n> ― Ada Okafor, minister of transport, Elin',
      [{ text: 'One.\n\nTwo.', speaker: { name: 'Ada Okafor' }, role: 'minister of transport, Elin' }],
    ],
    [
      '> Words.\n> — Ada Okafor\n\nBetween.\n\n> More.\n> — Ada Okafor',
      [
        { text: 'Words.', ...okafor },
        { text: 'More.', ...okafor },
      ],
    ],
    ['> Nobody is named.', []],
    ['> — Ada Okafor', []],
    ['> Words.\n> — 2021', []],
    ['Words.\n— Ada Okafor', []],
    ['> > Words.\n> > — Ada Okafor', []],
    ['> - Words.\n>   — Ada Okafor', []],
    ['', []],
  ]
  for (const [body, quotes] of cases) t.strictSame(blockQuotesIn(body), quotes, body)
})
