/**
 * What people are called for what they do. A role before a name makes it a person's, and "the minister"
 * stands for the one person who was called that. All in small letters; the lists are closed.
 */
const nouns = `
accountant accused activist actor actress admiral adviser advisor advocate aide ambassador analyst
archaeologist archbishop architect artist attorney aunt author bakan bakanı baker banker barman baron
baroness barrister batsman başkanı biologist bishop boss bowler boxer broadcaster brother butcher bystander
bürgermeister bürgermeisterin campaigner captain cardinal caretaker ceo chair chairman chairperson
chairwoman champion chancellor chef chief classmate clerk client co-author co-founder co-owner coach
colleague colonel columnist commander commissioner commissioner-general commuter composer conductor
congressman congresswoman constable coroner correspondent councillor councilor counsel count counterpart
countess cousin crofter cumhurbaşkanı curator customer cyclist dame daughter dean defendant defender
demonstrator deputy designer detective developer diplomat directeur director directrice doctor dr driver
ecologist economist editor emir emperor employee engineer envoy epidemiologist executive expert eyewitness
farmer father filmmaker firefighter fisherman forward founder friend general geologist goalkeeper governor
granddaughter grandfather grandmother grandson guard guest head headmaster headmistress headteacher
historian husband hydrologist imam inspector investigator investor islander journalist judge juror justice kanzler kanzlerin
king lady landlady landlord lawmaker lawyer leader lecturer legislator leiter leiterin librarian lieutenant
local lord magistrate maire major manager marshal master mayor member meteorologist midfielder midwife migrant
minister ministerin ministre mister mother mp musician müdürü negotiator neighbor neighbour nephew newcomer niece
novelist nurse officer official onlooker opponent organiser organizer owner painter paramedic parent
parishioner partner passenger pastor patient pensioner pilot player playwright poet pope porte-parole
postman predecessor premier presenter president priest prince princess principal producer professor
prosecutor protester präsident président présidente psychologist pupil queen rabbi rector referee refugee
relative reporter representative researcher resident reverend rival rookie rower runner scientist sculptor secretary
secretary-general senator sergeant sheikh sheriff shopkeeper shopper singer sir sister skipper solicitor son
speaker spokesman spokesperson spokeswoman sprecher sprecherin sprinter steward striker student substitute successor sultan
superintendent supporter surgeon survivor suspect swimmer sözcüsü teacher teammate teenager tenant tourist trader
trainer trainerin treasurer umpire uncle vet veteran veterinarian vice-president victim villager visitor
volunteer widow wife winger winner witness writer youngster
adjoint adjointe agriculteur agricultrice arbitre avocat avocate boulanger boulangère capitaine chercheur chercheuse
commerçant commerçante conseiller conseillère député députée entraîneur élu élue enseignant enseignante
étudiant étudiante éleveur éleveuse gendarme habitant habitante infirmier infirmière journaliste médecin
militant militante pompier préfet préfète procureur procureure professeur professeure restaurateur retraité
retraitée riverain riveraine sage-femme sénateur sénatrice`

/** Words that make a role more exact and stand before its noun: foreign, prime, deputy, field. */
const qualifiers = `
acting agriculture assistant associate attorney belediye business centre chief chief-of-staff city civil climate club
club's co-founder communications company county crown culture defence defense deputy district dışişleri education energy
environment ex executive federal field finance fire first foreign former general grand harbor harbour head
health high home hospital human interim interior içişleri junior justice labor labour lead local major
managing marine marketing media national operations opposition parish party police political premier presidential press prime prime-ministre
regional renegade research rights school science second senior shadow sports state station supreme team
team's technology third town trade transport union university vice village youth`

const known = setOf(nouns)

/** Words for trades follow patterns, and no list has them all. */
const TRADE =
  /^[\p{L}-]{3,}(?:ologist|ographer|ician|woman|keeper|maker|worker|holder|owner|master|mistress|wright|monger|ineer|iatrist|ographer|herder)$|^\p{L}{4,}(?:man|ist)$|^[\p{L}-]{3,}(?:rat|rätin|vorsitzender?|beauftragter?|experte|expertin|arzt|ärztin)$|^[\p{L}-]{3,}(?:lehrer|betreiber|inhaber|gründer|besitzer|führer|wirt|minister|meister|leiter|sprecher|präsident|direktor|trainer|forscher|anwalt|chef|anwält|richter)(?:in)?$/u

/** @param word in small letters */
export function isRoleNoun(word: string): boolean {
  return (
    known.has(word.replace(/^(?:co|ex|vice)-/, '')) ||
    /^(?:grand)?(?:mother|father|mum|dad)-of-\p{L}+$/u.test(word) ||
    (TRADE.test(word) &&
      !/^(?:german|democrat|human|roman|ottoman|woman|exist|assist|resist|consist|persist|insist|enlist|twist)$/.test(
        word,
      ))
  )
}

const knownQualifiers = setOf(qualifiers)

/** A role that no surname ends like: Lindqvist and Freeman are people. */
export function isCommonRole(word: string): boolean {
  return known.has(word)
}

/** @param word in small letters */
export function isRoleQualifier(word: string): boolean {
  return knownQualifiers.has(word)
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
  /(?:^|\s|-)(?:mrs|ms|miss|dame|lady|queen|princess|\w*woman|mother|sister|daughter|wife|widow|aunt|actress|frau|mme|mlle|madame|baroness|countess|headmistress|\p{L}+(?:er|or|ent|ist)in|directrice|présidente|\p{L}+(?:trice|euse|ière|lère|gère|ée))$/iu

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
