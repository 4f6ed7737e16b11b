import { genderOfGivenName } from './given-names.ts'
import { countryOfAdjective } from './nations.ts'

/** Whether a word with a capital only begins a sentence. */
export function isStarter(word: string): boolean {
  return STARTERS.has(word)
}

/** Days and months are nothing that could speak. */
export function isDate(word: string): boolean {
  return DATES.has(word)
}

/** A common noun, in small letters, for what is no person. */
export function isThing(noun: string): boolean {
  return THING.test(noun)
}

/** Whether a word is one of a place or an office by itself. */
export function isPlaceWord(word: string): boolean {
  return PLACES.has(word) || OTHER.has(word)
}

/**
 * Whether words with capitals are the name of a place, an office, an outlet or a company. Jane Park and Jordan
 * Reed may be people: `perhaps`.
 */
export function isElsewhere(words: readonly string[]): 'surely' | 'perhaps' | 'no' {
  const [first = '', ...rest] = words
  const last = rest.at(-1) ?? ''
  if (words.some((word) => countryOfAdjective.has(word)) || words.every((word) => /^\p{Lu}{2,}$/u.test(word)))
    return 'surely'
  const places = words.filter(isPlaceWord)
  if (places.length === 0) return 'no'
  const isGiven = genderOfGivenName(first) !== undefined
  const mayBe =
    places.length === 1 && rest.length > 0 && ((isGiven && isPlaceWord(last)) || GIVEN_TOO.has(first))
  return mayBe ? 'perhaps' : 'surely'
}

/** Places after which people are called. */
const GIVEN_TOO = new Set(
  'Jordan Georgia Florence Sydney Paris Israel India Chelsea Kent Wayne Cyprus'.split(' '),
)

/** Words that begin sentences and are no names. */
const STARTERS = new Set(
  `A An The This That These Those There Here It Its In On At By For From With Without Within To Of Off Up Out Over Under After Before Since
  Until During While When Where Whether Which Who Whom Whose Why What How If Because Although Though Despite Unless And But Or Nor So Yet Both Either Neither
  As Like Than Then Now Not No Yes Only Also Even Still Just Again Once Twice Never Ever Always Often Sometimes Today Tonight Tomorrow Yesterday Earlier Later Last Next
  First Second Third Finally Meanwhile However Moreover Instead Otherwise Perhaps Maybe Asked Speaking Writing Born Called Known Named Founded According
  I You He She We They My Your His Her Our Their Me Him Us Them One Two Three Four Five Six Seven Eight Nine Ten Some Any All Many Most Much More Few Several Each Every
  Another Other Others Such Same Nobody Somebody Everybody Everyone Someone Anyone Nothing Something Everything Well Oh Please Thank Thanks Let Is Are Was Were Be Been Do Does Did
  Has Have Had Can Could Will Would Shall Should May Might Must Under Between Among Against Across Along Around About Above Below Behind Beside Besides Beyond
  Critics Officials Residents Witnesses People Men Women Children Asked Told Said Says Added Adds Old New Good Great Read Fans Workers Scientists Supporters Experts Campaigners
  Le La Les Un Une Des Du De Ce Cette Ces Il Elle Ils Elles On Nous Vous Je Mais Et Ou Où Donc Pour Dans Sur Avec Sans Selon Après Avant Pendant Depuis Quand Si Son Sa Ses Leur
  Der Die Das Den Dem Ein Eine Einen Einer Es Er Sie Wir Ich Ihr Und Oder Aber Doch Denn Weil Wenn Als Am Im In Nach Vor Seit Bei Mit Ohne Für Gegen Auch Nur Schon Noch Heute Gestern
  Dessen Deren Diese Dieser Dieses Diesen Sein Seine Seinen Ihre Ihren Jeder Jede Jedes Alle Viele Einige Zwei Drei Vier Fünf Dann Dort Hier So Nun Während Obwohl Nachdem Bevor Dass Wer Was Wie Wo Warum Unter Über Zwischen Gegen Durch Um Aus Beim Zum Zur Vom Manche Mehr
  Cet Leurs Notre Nos Votre Vos Quelques Plusieurs Chaque Tous Toutes Lors Dès Parmi Chez Entre Ainsi Car Comme Cependant Pourtant Alors Enfin Aussi Deux Trois Quatre Cinq Elles Celui Celle Ceux À Aux Au Hier Aujourd’hui Demain Là Ici Tout Toute Ni Ne Pas
  Bu Şu Bir Ve Ama Fakat Ancak Çünkü Daha Sonra Önce Ben Sen Biz Siz Onlar Dün Bugün Yarın Her Hiç Çok En`
    .trim()
    .split(/\s+/),
)

/** Words that are part of the names of places, offices, outlets and companies. */
const OTHER = new Set(
  `Agency Airlines Airport Alliance Arena Army Assembly Association Authority Avenue Bank Bay Beach Board Bridge Broadcasting Bureau Cabinet Castle Cathedral Cemetery Center Centre Chamber Charity Church
  City Club Coalition Coast College Commission Committee Community Company Confederation Congress Convention Corporation Corp Council Country County Court Cup Daily Data Department Directorate District Division Downing East
  Embassy Energy Europe Evening Exchange Express FC Federation Festival Fire Forces Forest Forum Foundation Front Fund Garden Gardens Gazette Government Group Guard Guardian Hall Harbour Harbor Herald Highway Hill Hills Holdings Hospital
  Hotel House Inc Industries Institute Institution International Island Islands Journal Justice Kingdom Lake Land Lane League Library Limited Line Ltd Market Media Medical Mill Ministry Monitor Morning Mosque Mount Mountain Museum
  Nations National News Newspaper North Northern Observatory Office Olympic Olympics Opposition Organisation Organization Palace Park Parliament Partnership Party Peninsula Pier Plant Police Port Post Power Press Prison Program Programme Project
  Publishing Quay Radio Railway Rail Railways Region Regiment Republic Review Rights River Road Rovers Rights Royal Russia School Schools Sea Senate Service Services Society Solutions South Southern Square Stadium
  Staff State States Station Street Studio Studios Summit Sun Sunday Syndicate Systems Team Technologies Telegraph Television Theatre Theater Times Tower Town Trade Treaty Tribune Trust TV Union United Universe University Valley
  Village Wall Wanderers War Watch Water West Western Wire World Works Zone Accord Act Agreement Authority Championship Christmas Easter Nation GmbH AG SA Bundesbank Bundestag Ministerium Gericht Stadtwerke Belediyesi Bakanlığı Üniversitesi Partisi
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Coach Street Eastern Labour Conservative Conservatives Democrats Republicans Greens Twitter Facebook Instagram Reuters Athletic Albion Hotspur Town Harriers`
    .trim()
    .split(/\s+/),
)

/** Countries and great cities, whatever word stands beside them. */
const PLACES = new Set(
  `Afghanistan Africa Albania Algeria America Ankara Argentina Armenia Asia Athens Australia Austria Azerbaijan Baghdad Bahrain Baku Bangladesh Beijing Beirut Belarus Belfast Belgium Berlin Birmingham Bolivia Bosnia Brazil Bristol Britain Brussels Bulgaria Cairo
  California Canada Cardiff Caucasus Chicago Chile China Colombia Cornwall Croatia Cuba Cyprus Damascus Delhi Denmark Dublin Ecuador Edinburgh Egypt England Estonia Ethiopia Europe Finland Florida France Frankfurt Geneva Georgia Germany Ghana Glasgow Greece
  Hamburg Hungary Iceland India Indonesia Iran Iraq Ireland Israel Istanbul İstanbul Italy İzmir Japan Jerusalem Jordan Kazakhstan Kent Kenya Kuwait Kyiv Latvia Lebanon Leeds Libya Lisbon Lithuania Liverpool London Lyon Madrid Malaysia Malta Manchester Marseille Mexico Moscow Munich
  Nagorno-Karabakh Netherlands Nigeria Norway Ottawa Pakistan Palestine Paris Peru Poland Portugal Qatar Romania Rome Russia Scotland Serbia Seoul Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tehran Texas Tokyo Tripoli Tunisia Turkey Türkiye
  Ukraine Uruguay Venezuela Vienna Vietnam Wales Warsaw Washington Yemen Yorkshire Zimbabwe Zurich Köln München Wien Trabzon Bursa Antalya`
    .trim()
    .split(/\s+/),
)

const DATES = new Set(
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December'.split(
    ' ',
  ),
)

const THING =
  /^(?:company|firm|maker|club|team|side|band|group|party|union|charity|agency|newspaper|paper|magazine|channel|station|school|university|college|hospital|bank|capital|city|town|village|suburb|district|region|province|state|county|country|island|port|river|lake|mountain|sea|street|road|square|park|building|bridge|ship|ferry|boat|vessel|yacht|plane|train|car|horse|dog|film|book|novel|play|song|album|show|series|operator|developer|manufacturer|owner|month|year|day|week|morning|night|time|place|one|storm|hurricane|probe|rocket|satellite|disease|virus|language|project|website|app|brand|hotel|restaurant|pub|museum|theatre|festival)$/i
