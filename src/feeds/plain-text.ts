const BLOCKS =
  /<\/?(?:address|blockquote|caption|d[dlt]|div|fig\w+|h[1-6]|hr|li|ol|p|pre|rt|rp|t(?:able|body|d|foot|h|head|r)|ul)\b[^>]*>/g
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/**
 * The words of a body as a reader sees them.
 *
 * @param html as `bodyHtml` gives it
 * @returns a line for each block, with white space folded to single blanks
 */
export function plainText(html: string): string {
  return html
    .replace(/\s+/g, ' ')
    .replace(BLOCKS, '\n')
    .replace(/<br \/>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/ *\n[ \n]*| {2,}/g, (space) => (space.includes('\n') ? '\n' : ' '))
    .trim()
}
