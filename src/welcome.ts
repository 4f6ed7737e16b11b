const STORY = 'russia-never-considered-turkey-as-a-strategic-ally-says-lavrov'

/** What a person at a terminal sees when the server has started. The curl lines can be pasted as they are. */
export function welcome(
  address: string,
  { seeded, token }: { seeded: boolean; token: string | undefined },
): string {
  const lines = ['', `  Dateline     ${address}`, `  Reference    ${address}/docs`]
  if (token)
    lines.push(`  Token        ${token}`, '               It is an editor’s, and it is shown this once.')
  else lines.push('  Token        dateline token create --role editor --name <whose>')
  if (seeded) lines.push('', ...examples(address, token ?? '<token>'))
  return `${lines.join('\n')}\n`
}

function examples(address: string, token: string): string[] {
  const authorization = `-H 'authorization: Bearer ${token}'`
  const quote = {
    articleId: STORY,
    speakerId: 'sergey-lavrov',
    text: 'It is not a secret that we cannot agree with a statement that a military solution to the conflict is permissible.',
  }
  const headline = { headline: 'Russia never considered Turkey a strategic ally, says Lavrov' }
  return [
    '  Read the article with its quotes and their speakers, links and people:',
    `curl -s '${address}/v1/articles/${STORY}?include=quotes.speaker,relatedLinks,people'`,
    '',
    '  Post a quote:',
    `curl -s '${address}/v1/quotes' ${authorization} --json '${JSON.stringify(quote)}'`,
    '',
    '  Correct a headline:',
    `curl -s -X PATCH '${address}/v1/articles/${STORY}' ${authorization} --json '${JSON.stringify(headline)}'`,
  ]
}
