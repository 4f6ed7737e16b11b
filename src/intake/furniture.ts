/**
 * Lines that belong to the site and not to the story. The lists are closed: what they do not know stays in
 * the story, where an editor sees it.
 *
 * @param own lines of the caller's own site, compared without regard to case
 * @returns the rule that knows the line
 */
export function furnitureRule(line: string, own: readonly string[] = []): string | null {
  if (line.length <= LONGEST_CREDITS && CREDITS.test(line)) return 'agency-credits'
  if (line.length > LONGEST) return null
  const plain = line.toLowerCase()
  if (own.some((known) => known.trim().toLowerCase() === plain)) return 'own-site'
  return rules.find(([, pattern]) => pattern.test(line))?.[0] ?? null
}

const LONGEST = 160
const LONGEST_CREDITS = 300
/** Who else worked on the story. */
const CREDITS = new RegExp(
  [
    '^\\(?(?:(?:additional|further|with) )*(?:reporting|writing|editing)(?: and \\w+)?(?: by\\b|:).*\\)?$',
    '^[^“"«„]*\\bcontributed (?:(?:reporting )?(?:to|for) this (?:report|story|article|piece)\\b|reporting\\b)[^.]{0,60}\\.?\\)?$',
    "^\\(?(?:mit (?:agentur)?material (?:von|der) |mit informationen von |avec (?:l['’])?(?=afp|ap|reuters)).{2,40}$",
  ].join('|'),
  'iu',
)

const rules: readonly (readonly [string, RegExp])[] = [
  [
    'share-links',
    /^(?:share|tweet|print|email|e-mail|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest|copy link|paylaş|partager|teilen)(?:(?: this)?(?: (?:on|via|article|story|page)\b.*|[\s|,·•/]+(?:share|tweet|print|email|e-mail|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest|copy link)\b[\s|,·•/]*)*)?$/i,
  ],
  ['related-label', /^(?:related topics|most (?:read|popular)|recommended|trending|topics|tags)\s*:?$/i],
  ['related-label', /^(?:related topics|topics|tags|filed under)\s*:/i],
  [
    'navigation',
    /^(?:home|news|menu|skip to (?:main )?content|sign in|log in|search)(?:\s*[>›»|/]\s*\S.*)?$/i,
  ],
  ['navigation', /^[^\s«“"][^.!?«“"]*(?:\s[>›»]\s[^.!?«“"]+)+$/],
  ['navigation', /^\p{Lu}[\p{L}-]+(?: [\p{L}-]+)?(?: \/ \p{Lu}[\p{L}-]+(?: [\p{L}-]+)?){1,3}$/u],
  ['subscribe', /^(?:newsletters?(?: sign-?up)?)$/i],
  ['subscribe', /^(?:subscribe|donate)(?: (?:now|today|here|to (?:us|our)\b.*))?$/i],
  [
    'subscribe',
    /^(?:follow us(?: on .*)?|sign up (?:for|to)\b.*\bnewsletter.*|download our app.*|get our newsletter.*)$/i,
  ],
  ['subscribe', /^(?:join our .*\b(?:channel|newsletter|group)\b.*|support our (?:work|journalism)\b.*)$/i],
  ['advertisement', /^(?:advertisement|advert|ad|sponsored(?: content)?|werbung|anzeige|publicité|reklam)$/i],
  [
    'continues',
    /^(?:story continues below(?: advertisement)?|continue reading(?: below)?|article continues.*|loading…?|click here.*|back to top)\.?$/i,
  ],
  ['copyright', /^(?:©|\(c\)|copyright\b)|\ball rights reserved\.?$/i],
  ['reading-time', /^\d+ min(?:ute)?s?(?: read)?\.?$/i],
  ['comments', /^(?:\d+ )?(?:comments?|shares?|likes?|views?)(?: \(\d+\))?$/i],
  [
    'release-label',
    /^(?:(?:press release|media release|news release|communiqué de presse|pressemitteilung|medieninformation)(?:\s*[–—:|-]\s*(?=for |embargo)|$))?(?:for (?:immediate )?release\b.{0,60}|embargoed (?:until|till)\b.*)?$/i,
  ],
  ['agency-credits', /^our standards: /i],
  ['agency-note', /^\((?:adds|updates|recasts|corrects|refiles|repeats|rewrites|new throughout)\b.*\)$/i],
  ['contact', /^\(\(.*@.*\)\)$/],
  ['contact', /^(?:get in touch|contact us)(?::.*|.*@.*|)$/i],
  ['contact', /^(?:write|email|e-mail|reach) .{2,60} (?:at|on|to) \S+@\S+$/i],
  ['print-edition', /^(?:this article )?appeared in the .*\bprint edition\b/i],
  ['contact', /^(?:(?:do you )?have|got) (?:a |any )?(?:news )?(?:tips?|story)\b[^?]*\?.*$/i],
  ['address', /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/?$/i],
]
