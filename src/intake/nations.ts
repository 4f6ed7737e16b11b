/** Adjectives and what people are called after their country, with its ISO 3166-1 code. */
const adjectives = `
AF Afghan; AL Albanian; DZ Algerian; AR Argentine Argentinian; AM Armenian; AU Australian; AT Austrian;
AZ Azerbaijani Azeri; BH Bahraini; BD Bangladeshi; BY Belarusian; BE Belgian; BO Bolivian; BA Bosnian;
BR Brazilian; GB British Scottish Welsh English; BG Bulgarian; KH Cambodian; CM Cameroonian; CA Canadian; CL Chilean;
CN Chinese; CO Colombian; CR Costa-Rican; HR Croatian; CU Cuban; CY Cypriot; CZ Czech; DK Danish; NL Dutch;
EC Ecuadorian; EG Egyptian; EE Estonian; ET Ethiopian; FI Finnish; FR French; GE Georgian; DE German;
GH Ghanaian; GR Greek; GT Guatemalan; HT Haitian; HN Honduran; HU Hungarian; IS Icelandic; IN Indian;
ID Indonesian; IR Iranian; IQ Iraqi; IE Irish; IL Israeli; IT Italian; JM Jamaican; JP Japanese; JO Jordanian;
KZ Kazakh; KE Kenyan; XK Kosovan; KW Kuwaiti; KG Kyrgyz; LV Latvian; LB Lebanese; LY Libyan; LT Lithuanian;
LU Luxembourgish; MY Malaysian; MT Maltese; MX Mexican; MD Moldovan; MN Mongolian; ME Montenegrin; MA Moroccan;
NP Nepalese; NZ New-Zealand; NG Nigerian; KP North-Korean; MK North-Macedonian; NO Norwegian; OM Omani;
PK Pakistani; PS Palestinian; PA Panamanian; PY Paraguayan; PE Peruvian; PH Filipino Philippine; PL Polish;
PT Portuguese; QA Qatari; RO Romanian; RU Russian; RW Rwandan; SA Saudi; SN Senegalese; RS Serbian;
SG Singaporean; SK Slovak; SI Slovenian; SO Somali; ZA South-African; KR South-Korean; ES Spanish; LK Sri-Lankan;
SD Sudanese; SE Swedish; CH Swiss; SY Syrian; TW Taiwanese; TJ Tajik; TZ Tanzanian; TH Thai; TN Tunisian;
TR Turkish; TM Turkmen; UG Ugandan; UA Ukrainian; AE Emirati; US American US U.S.; UY Uruguayan; UZ Uzbek;
VE Venezuelan; VN Vietnamese; YE Yemeni; ZM Zambian; ZW Zimbabwean`

/** From an adjective, such as Russian, or South Korean, to an ISO 3166-1 alpha-2 code. XK is none of ISO's. */
export const countryOfAdjective: ReadonlyMap<string, string> = new Map(
  adjectives.split(';').flatMap((entry) => {
    const [code = '', ...words] = entry.trim().split(/\s+/)
    return code === 'XK' ? [] : words.map((word): [string, string] => [word.replace('-', ' '), code])
  }),
)
