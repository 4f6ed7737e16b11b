/**
 * What each rule about a speaker goes by, for those who read it at a terminal; `X` stands for the words that
 * name the speaker. docs/intake.md lists the same.
 */
export const ruleWords: Readonly<Record<string, string>> = {
  'quote-name-cue': 'X and a verb of saying follow the words',
  'quote-cue-name': 'a verb of saying and X follow the words',
  'quote-apposition': 'X, a description and a verb of saying follow the words',
  'quote-according-to': '“according to” and X follow the words',
  'quote-loose': 'X and, further on, a verb of saying follow the words',
  'quote-dash-name': 'X stands behind the words and a dash',
  'name-cue-quote': 'X and a verb of saying stand before the words',
  'cue-name-quote': 'a verb of saying and X stand before the words',
  'apposition-quote': 'X, a description and a verb of saying stand before the words',
  'loose-quote': 'X and, further on, a verb of saying stand before the words',
  'according-to': '“according to” and X stand before the words',
  'name-colon-quote': 'X and a colon stand before the words',
  'name-quote-cue': 'X stands before the words, and a verb of saying behind them',
  'same-sentence': 'X says something in the same sentence',
  'cue-before': 'X was the last to say something before the words',
  'cue-in-paragraph': 'X is the only one who says something in the paragraph',
  'cue-colon-paragraph': 'X, a verb of saying and a colon end the paragraph before',
  'same-paragraph': 'the words before, in the same paragraph, are theirs',
  'no-cue': 'nothing beside the words says who speaks',
  'last-speaker': 'the last who spoke',
  'first-name-in-paragraph': 'the first who is named in the paragraph',
  headline: 'the headline says who speaks',
  ambiguous: 'X can be several people',
  unnamed: 'X is nobody whom the text names',
  'first-person': 'X is whoever wrote the story',
  other: 'X is no person',
}

/** What follows a slash: how the words that name the speaker led to them. */
export const ruleEndings: Readonly<Record<string, string>> = {
  pronoun: 'X is most likely the last one whom it fits',
  nominal: 'X can only be this one',
}

/** Why, in words. A rule that has none is told by its name. */
export function inWords(rule: string, mention: string | null): string {
  const [name = '', ending = ''] = rule.split('/')
  const phrases = [ruleWords[name] ?? name.replaceAll('-', ' '), ruleEndings[ending]]
  const named = mention === null ? 'the name' : `“${mention}”`
  return phrases.flatMap((phrase) => phrase?.replace(/\bX\b/g, () => named) ?? []).join('; ')
}
