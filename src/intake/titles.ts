/**
 * What stands beside a name and is no part of it. An honorific says nothing about what somebody does; a rank is
 * a role where no better one is given. The lists are closed.
 */
const addressList = `Miss Sir Dame Lord Lady Herr Frau Monsieur Madame Mademoiselle Sayın Señor Señora Señorita Doña
Signor Signora`
const shortAddressList = 'Mr Mrs Ms Mx Dr Fr Hon Rt M Mme Mlle MM Av'

const rankList = `Ald Amb Brig Capt Cdr Ch Cllr Cmdr Col Const Coun Cpl DCI Det Doç Flt Gen Gov Insp Lt Maj Mgr Msgr Pres Prof
Pte Pvt Rep Rev Revd Sen Sgt Sqn Supt DSupt DSgt Adm`

/** Ranks whose letters are those of other things as well: they make nobody a person. */
const shortRankList = 'DC DI DS PC PS WPC ACC DCC'

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))
const honorifics = setOf(`${addressList} ${shortAddressList}`)
const ranks = setOf(rankList)
const shortRanks = setOf(shortRankList)

/** Abbreviations after which a full stop may stand, as alternatives of a regular expression. */
export const ABBREVIATED = [...setOf(`${shortAddressList} ${rankList}`)].join('|')

/** @param word without its full stop */
export function isHonorific(word: string): boolean {
  return honorifics.has(word)
}

/** `Det Con`: elsewhere a Con is a Conservative. */
export function isRankAfter(word: string, ranks: readonly string[]): boolean {
  return word === 'Con' && ranks.length > 0
}

/** @param word without its full stop; `Lt-Col` is one as well */
export function isRank(word: string): boolean {
  return shortRanks.has(word) || word.split(/\.?-/).every((part) => ranks.has(part))
}

export function isShortRank(word: string): boolean {
  return shortRanks.has(word)
}

/** Letters after a name: MP, OBE. */
export function isPostnominal(word: string): boolean {
  return /^(?:KC|QC|MP|MEP|MSP|MBE|OBE|CBE|DBE|KBE|QPM|FRS|PhD|MD|Esq|TD|JP)$/.test(word)
}

/** `Mehmet Bey`, `Ayten Hanım’ın`: the pronoun that goes with what stands after a Turkish name; else null. */
export function honorificAfter(word: string): 'he' | 'she' | null {
  const [, man, woman] = /^(?:(Bey|Beyefendi|Efendi)|(Hanım|Hanımefendi))(?:['’]\p{Ll}+)?$/u.exec(word) ?? []
  return man ? 'he' : woman ? 'she' : null
}

const words: Readonly<Record<string, string>> = {
  ...{ cllr: 'councillor', coun: 'councillor', ald: 'alderman', amb: 'ambassador', brig: 'brigadier' },
  ...{
    capt: 'captain',
    cdr: 'commander',
    cmdr: 'commander',
    col: 'colonel',
    con: 'constable',
    const: 'constable',
    cpl: 'corporal',
    adm: 'admiral',
  },
  ...{
    dci: 'inspector',
    di: 'inspector',
    insp: 'inspector',
    ds: 'sergeant',
    dc: 'constable',
    pc: 'constable',
  },
  ...{ det: 'detective', gen: 'general', gov: 'governor', lt: 'lieutenant', maj: 'major', prof: 'professor' },
  ...{ rep: 'representative', rev: 'reverend', revd: 'reverend', sen: 'senator', sgt: 'sergeant' },
  ...{
    supt: 'superintendent',
    dsupt: 'superintendent',
    dsgt: 'sergeant',
    acc: 'constable',
    dcc: 'constable',
  },
}

/** The noun that a rank is short for: `the inspector` may mean DCI Poole. @param word in small letters */
export function nounOfRank(word: string): string | undefined {
  return words[word]
}
