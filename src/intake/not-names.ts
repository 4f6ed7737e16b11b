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
  const isName = isPlaceWord(last) || MONTHS_TOO.has(places[0] ?? '')
  const mayBe = places.length === 1 && rest.length > 0 && ((isGiven && isName) || GIVEN_TOO.has(first))
  return mayBe ? 'perhaps' : 'surely'
}

/** Places after which people are called. */
const GIVEN_TOO = new Set(
  'Jordan Georgia Florence Sydney Paris Israel India Chelsea Kent Wayne Cyprus'.split(' '),
)

/** Months after which people are called: Winifred May Tolley. */
const MONTHS_TOO = new Set(['April', 'May', 'June', 'August'])

/** Words that begin sentences and are no names. */
const STARTERS = new Set(
  `A Aber About Above According Across Added Adds After Again Against Ainsi All Alle Along Alors Als Also
  Although Always Am Ama Among An Ancak And Another Any Anyone Après Are Around As Asked At Au Auch
  Aujourd’hui Aus Aussi Aux Avant Avec Be Because Been Before Behind Bei Beim Below Ben Beside Besides
  Between Bevor Beyond Bir Biz Born Both Bu Bugün But By Called Campaigners Can Car Ce Celle Celui
  Cependant Ces Cet Cette Ceux Chaque Chez Children Cinq Comme Could Critics Daha Dann Dans Das Dass De
  Dem Demain Den Denn Depuis Der Deren Des Despite Dessen Deux Did Die Diese Diesen Dieser Dieses Do Doch
  Does Donc Dort Drei Du Durch During Dès Dün Each Earlier Eight Ein Eine Einen Einer Einige Either Elle
  Elles En Enfin Entre Er Es Et Even Ever Every Everybody Everyone Everything Experts Fakat Fans Few
  Finally First Five For Founded Four From Fünf Für Gegen Gestern Good Great Had Has Have He Her Here
  Heute Hier Him His Hiç How However I Ich Ici If Ihr Ihre Ihren Il Ils Im In Instead Is It Its Je Jede
  Jeder Jedes Just Known La Last Later Le Les Let Leur Leurs Like Lors Là Mais Manche Many May Maybe Me
  Meanwhile Mehr Men Might Mit More Moreover Most Much Must My Nach Nachdem Named Ne Neither Never New
  Next Ni Nine No Nobody Noch Nor Nos Not Nothing Notre Nous Now Nun Nur Obwohl Oder Of Off Officials
  Often Oh Ohne Old On Once One Onlar Only Or Other Others Otherwise Ou Our Out Over Où Parmi Pas Pendant
  People Perhaps Please Plusieurs Pour Pourtant Quand Quatre Quelques Read Residents Sa Said Same Sans
  Says Schon Scientists Second Sein Seine Seinen Seit Selon Sen Ses Seven Several Shall She Should Si Sie
  Since Six Siz So Some Somebody Someone Something Sometimes Son Sonra Speaking Still Such Supporters Sur
  Ten Than Thank Thanks That The Their Them Then There These They Third This Those Though Three To Today
  Told Tomorrow Tonight Tous Tout Toute Toutes Trois Twice Two Um Un Und Under Une Unless Unter Until Up
  Us Ve Viele Vier Vom Vor Vos Votre Vous Warum Was We Weil Well Wenn Wer Were What When Where Whether
  Which While Who Whom Whose Why Wie Will Wir With Within Without Witnesses Wo Women Workers Would Writing
  Während Yarın Yes Yesterday Yet You Your Zum Zur Zwei Zwischen À Çok Çünkü Önce Über Şu`
    .trim()
    .split(/\s+/),
)

/** Words that are part of the names of places, offices, outlets and companies. */
const OTHER = new Set(
  `AG Academy Accord Act Agency Agreement Airlines Airport Albion Alliance April Arena Arms Army Assembly
  Association Athletic August Authority Avenue Bakanlığı Bank Baths Bay Beach Belediyesi Board Bridge
  Broadcasting Bundesbank Bundestag Bureau Cabinet Castle Cathedral Cemetery Center Centre Chamber
  Championship Charity Christmas Church Cinema City Clinic Club Coach Coalition Coast College Commission
  Committee Community Company Confederation Congress Conservative Conservatives Convention Corp
  Corporation Council Country County Court Courthouse Crescent Cup Daily Data December Democrats
  Department Directorate District Division Downing East Easter Eastern Embassy Energy Esplanade Europe
  Evening Exchange Express FC Facebook February Federation Festival Fire Forces Forest Forum Foundation
  Friday Front Fund Gallery Garden Gardens Gazette Gericht GmbH Government Greens Group Guard Guardian
  Hall Harbor Harbour Harriers Herald Highway Hill Hills Holdings Hospice Hospital Hotel Hotspur House Inc
  Industries Infirmary Inn Instagram Institute Institution International Island Islands January Journal
  July June Justice Kingdom Labour Lake Land Lane League Library Lighthouse Limited Line Ltd March Marina
  Market May Media Medical Mill Ministerium Ministry Monday Monitor Morning Mosque Mount Mountain Museum
  Nation National Nations News Newspaper North Northern November Observatory October Office Olympic
  Olympics Opposition Organisation Organization Palace Park Parliament Partisi Partnership Party Pavilion
  Peninsula Pier Plant Playhouse Police Port Post Power Press Prison Program Programme Project Promenade
  Publishing Quay Racecourse Radio Rail Railway Railways Regiment Region Republic Republicans Reuters
  Review Rights River Road Rovers Royal Russia SA Sanctuary Saturday School Schools Sea Senate September
  Service Services Society Solutions South Southern Square Stadium Stadtwerke Staff State States Station
  Street Studio Studios Summit Sun Sunday Surgery Syndicate Systems TV Team Technologies Telegraph
  Television Terrace Theater Theatre Thursday Times Tower Town Trade Treaty Tribune Trust Tuesday Twitter
  Union United Universe University Valley Village Wall Wanderers War Watch Water Wednesday West Western
  Wire Works World Zone Üniversitesi`
    .trim()
    .split(/\s+/),
)

/** Countries and great cities, whatever word stands beside them. */
const PLACES = new Set(
  `Afghanistan Africa Albania Algeria America Ankara Antalya Argentina Armenia Asia Athens Australia
  Austria Azerbaijan Baghdad Bahrain Baku Bangladesh Beijing Beirut Belarus Belfast Belgium Berlin
  Birmingham Bolivia Bosnia Brazil Bristol Britain Brussels Bulgaria Bursa Cairo California Canada Cardiff
  Caucasus Chicago Chile China Colombia Cornwall Croatia Cuba Cyprus Damascus Delhi Denmark Dublin Ecuador
  Edinburgh Egypt England Estonia Ethiopia Europe Finland Florida France Frankfurt Geneva Georgia Germany
  Ghana Glasgow Greece Hamburg Hungary Iceland India Indonesia Iran Iraq Ireland Israel Istanbul Italy
  Japan Jerusalem Jordan Kazakhstan Kent Kenya Kuwait Kyiv Köln Latvia Lebanon Leeds Libya Lisbon
  Lithuania Liverpool London Lyon Madrid Malaysia Malta Manchester Marseille Mexico Moscow Munich München
  Nagorno-Karabakh Netherlands Nigeria Norway Ottawa Pakistan Palestine Paris Peru Poland Portugal Qatar
  Romania Rome Russia Scotland Seoul Serbia Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria
  Taiwan Tehran Texas Tokyo Trabzon Tripoli Tunisia Turkey Türkiye Ukraine Uruguay Venezuela Vienna
  Vietnam Wales Warsaw Washington Wien Yemen Yorkshire Zimbabwe Zurich İstanbul İzmir`
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
