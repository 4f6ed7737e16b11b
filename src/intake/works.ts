export interface Beside {
  readonly before: string
  readonly after: string
  /** A verb of saying stands before it in the same sentence: warned of “World War Three”. */
  readonly isIntroduced: boolean
  /** Right before it stands the title of another work. */
  readonly followsWork: boolean
}

/** Whether words in quotation marks are the title of a book, a film, a song: by what stands beside them. */
export function isWork(words: string, { before, after, isIntroduced, followsWork }: Beside): boolean {
  const title = words.replace(/,$/, '')
  if (!isTitleCase(title) || /: $/.test(before)) return false
  const near = before.slice(-80)
  if (MADE.test(near) || KIND_BEFORE.test(near) || KIND_AFTER.test(after)) return true
  if (WITHIN.test(near) && !isIntroduced && title.includes(' ')) return true
  return followsWork && /^,? ?(?:and|or|und|et|ve)? $/.test(before)
}

/** Words in capitals, and no sentence: no full stop ends them, and what is small is short. */
export function isTitleCase(words: string): boolean {
  const list = words.split(/\s+/)
  if (/[.,!?…]$/.test(words) || list.length > LONGEST) return false
  return /^\p{Lu}/u.test(words) && list.every((word) => !/^\p{Ll}/u.test(word) || word.length <= 4)
}

const LONGEST = 8

const KIND =
  '(?:novels?|novella|books?|memoirs?|stor(?:y|ies)|tale|essay|poems?|plays?|musical|opera|ballet|films?|movies?|documentary|albums?|songs?|single|track|ballad|hymn|anthem|symphony|series|show|sitcom|drama|programme|podcast|painting|exhibition|comic|magazine|roman|film|chanson|livre|buch|lied|şarkı|kitabı|romanı|filmi)'
/** She read, he starred in: what is done with a work, right before its title. */
const MADE =
  /(?:^|[^\p{L}])(?:read|reads|reading|watched|watches|watching|saw|seen|sang|sung|sings|singing|performed|performs|performing|played|plays|playing|directed|directs|wrote|writes|written|composed|conducted|recorded|released|published|translated|staged|screened|painted|(?:starr?(?:ed|s|ing)|appear(?:ed|s|ing)|featur(?:ed|es)) in|entitled|titled)(?: (?:his|her|their|its|the|from|to|out))? $/iu
const KIND_BEFORE = new RegExp(
  `(?:^|[^\\p{L}])${KIND}(?:,? (?:called|titled|entitled|named|is|was|intitulée?|namens|adlı))?,? $`,
  'iu',
)
/** What somebody says does not stand after a preposition with every word in capitals. */
const WITHIN = /(?:^|[^\p{L}])(?:in|of|from|to|on|at|for|by|with|after|before|like|than|dans|de|aus|von) $/iu
const KIND_AFTER = new RegExp(
  `^,? (?:\\((?:1[5-9]|20)\\d\\d\\)|(?:is |was )?(?:an?|the|his|her|their|whose|un|une|ein|eine)(?: \\p{L}[\\p{L}'’-]*){0,3} ${KIND}(?!\\p{L})|which (?:(?:he|she|they|was|is|were)|\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?) (?:wrote|directed|recorded|published|written|released|sang)|(?:written|directed|composed|published|released|performed) (?:by|in)|by \\p{Lu}|starring)`,
  'u',
)
