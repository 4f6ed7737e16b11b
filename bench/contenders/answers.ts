export interface Answer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What Node's server writes by itself. */
const ITS_OWN = ['connection', 'date', 'keep-alive']

/** Takes the answers of the server at that address, with their headers, to be given again as they are. */
export async function answersOf(address: string, paths: readonly string[]): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  for (const path of paths) {
    const response = await fetch(address + path, { headers: { 'accept-encoding': 'identity' } })
    const headers = [...response.headers].filter(([name]) => !ITS_OWN.includes(name))
    answers.set(path, {
      headers: Object.fromEntries(headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }
  return answers
}
