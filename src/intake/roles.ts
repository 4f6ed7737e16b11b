/**
 * What people are called for what they do. A role before a name makes it a person's, and "the minister"
 * stands for the one person who was called that. All in small letters; the lists are closed.
 */
const nouns = `
minister president premier chancellor king queen prince princess emperor sultan emir sheikh pope cardinal archbishop bishop imam rabbi pastor
reverend priest ambassador envoy senator congressman congresswoman representative deputy mp lawmaker legislator councillor councilor
mayor governor commissioner secretary treasurer speaker chairman chairwoman chair chairperson chief director ceo executive
founder owner manager head leader captain coach trainer striker midfielder defender goalkeeper forward winger player referee
umpire boxer swimmer sprinter cyclist runner skipper batsman bowler general marshal admiral colonel major lieutenant sergeant constable inspector
superintendent detective officer commander sheriff judge justice magistrate prosecutor attorney lawyer barrister
solicitor advocate counsel master crofter coroner customer passenger supporter guest tourist visitor shopper commuter client patient employee clerk guard barman caretaker tenant landlord landlady parishioner veteran refugee migrant survivor colleague counterpart rival opponent teammate successor predecessor classmate relative grandmother grandfather grandson granddaughter nephew niece boss parent protester demonstrator villager islander local eyewitness onlooker bystander co-founder co-author co-owner professor dr doctor surgeon nurse midwife scientist researcher historian economist analyst expert
engineer architect teacher headteacher headmaster headmistress principal rector dean lecturer student pupil author writer novelist poet
playwright journalist reporter editor correspondent columnist broadcaster presenter actor actress singer musician composer conductor
artist painter sculptor designer filmmaker producer farmer fisherman baker butcher shopkeeper driver pilot
spokesman spokeswoman spokesperson activist campaigner organiser organizer volunteer resident neighbour neighbor witness victim defendant
suspect accused father mother brother sister son daughter husband wife widow uncle aunt cousin friend partner
curator librarian archaeologist biologist geologist meteorologist psychologist hydrologist ecologist epidemiologist negotiator diplomat official adviser advisor aide
chef vet veterinarian firefighter paramedic postman pensioner developer investor banker trader accountant secretary-general
commissioner-general vice-president champion winner mister lord lady sir dame baroness baron count countess
ministre présidente président maire directeur directrice porte-parole sprecher sprecherin ministerin präsident
bürgermeister bürgermeisterin leiter leiterin bakanı bakan cumhurbaşkanı başkanı müdürü sözcüsü kanzler kanzlerin trainerin`

/** Words that make a role more exact and stand before its noun: foreign, prime, deputy, field. */
const qualifiers = `
foreign prime deputy vice field former ex acting interim interior defence defense finance health education justice energy
trade environment agriculture transport culture labour labor home first second third senior junior chief assistant associate executive
managing general shadow attorney crown grand major lead head co-founder police fire national regional local district county state federal
premier renegade opposition harbour harbor station centre party club team union company presidential press human rights civil supreme high chief-of-staff club's team's
city town village parish school hospital university research science technology sports health climate marine youth
prime-ministre premier dışişleri içişleri belediye`

const titles =
  'Mr Mrs Ms Miss Mx Sir Dame Lord Lady Dr Prof Rev Fr Sen Gov Gen Col Maj Capt Lt Sgt Cpl Rep Pres M Mme Mlle Herr Frau Monsieur Madame Sayın'

const known = setOf(nouns)

/** Words for trades follow patterns, and no list has them all. */
const TRADE =
  /^\p{L}{3,}(?:ologist|ographer|ician|woman|keeper|maker|worker|holder|owner|master|mistress|wright|monger|ineer|iatrist|ographer|herder)$|^\p{L}{4,}(?:man|ist)$|^\p{L}{3,}(?:minister|meister|leiter|sprecher|präsident|direktor|trainer|forscher|anwalt|chef|anwält|richter)(?:in)?$/u

/** @param word in small letters */
export function isRoleNoun(word: string): boolean {
  return (
    known.has(word) ||
    (TRADE.test(word) &&
      !/^(?:german|human|roman|ottoman|woman|exist|assist|resist|consist|persist|insist|enlist|twist)$/.test(
        word,
      ))
  )
}

const knownQualifiers = setOf(qualifiers)
const knownTitles: ReadonlySet<string> = new Set(titles.split(' '))

/** A role that no surname ends like: Lindqvist and Freeman are people. */
export function isCommonRole(word: string): boolean {
  return known.has(word)
}

/** @param word in small letters */
export function isRoleQualifier(word: string): boolean {
  return knownQualifiers.has(word)
}

export function isTitle(word: string): boolean {
  return knownTitles.has(word)
}

export type Gender = 'he' | 'she'

/** What a title or a role says about the pronoun of who bears it. */
export function genderOfRole(role: string): Gender | null {
  if (MALE.test(role)) return 'he'
  return FEMALE.test(role) ? 'she' : null
}

const MALE =
  /(?:^|\s|-)(?:mr|sir|lord|king|prince|emperor|sultan|emir|pope|\w*(?:s|r|n)?man|father|brother|son|husband|uncle|actor|herr|m|monsieur|baron|count|headmaster|sprecher|bürgermeister)$/i
const FEMALE =
  /(?:^|\s|-)(?:mrs|ms|miss|dame|lady|queen|princess|\w*woman|mother|sister|daughter|wife|widow|aunt|actress|frau|mme|mlle|madame|baroness|countess|headmistress|\p{L}+(?:er|or|ent|ist)in|directrice|présidente)$/iu

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
