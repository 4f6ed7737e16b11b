import t from 'tap'
import { anchorsIn } from '../../src/intake/anchor.ts'
import { readStory } from '../../src/intake/story.ts'
import { annotatedArticles } from './annotated.ts'

t.test('every quote of a pasted story stands in its body, word for word', async (t) => {
  const wrong: string[] = []
  for (const { name, text } of [...annotatedArticles('development'), ...annotatedArticles('held-out')]) {
    const { story } = readStory(text)
    const find = anchorsIn(story.body)
    for (const quote of story.quotes) {
      const { state } = find(quote.text)
      if (state !== 'exact') wrong.push(`${name}: ${quote.text} is ${state}`)
    }
  }
  t.strictSame(wrong, [])
})

t.test('what is escaped in the body is found all the same', async (t) => {
  const { story } = readStory(
    'Head\n\nAnna Holm came. “We do <not> use_it [here] &amp; now,” she said, “or it is f***ing cold.”\n\n“1. One\\two #3,” said Anna Holm.',
  )
  const find = anchorsIn(story.body)
  t.strictSame(
    story.quotes.map(({ text }) => [text, find(text).state]),
    [
      ['We do <not> use_it [here] &amp; now or it is f***ing cold.', 'exact'],
      ['1. One\\two #3', 'exact'],
    ],
  )
})
