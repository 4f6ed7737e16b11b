/** Verbs that give somebody's words. The lists are closed and generous; each form is written out. */
const spoken = `
said says adds added told tells asked asks replied replies answered answers explained explains stated states
continued continues insisted insists argued argues claimed claims warned warns noted notes observed observes remarked
remarks commented comments declared declares announced announces admitted admits conceded concedes acknowledged acknowledges confirmed
confirms denied denies recalled recalls joked jokes quipped shouted shouts cried whispered muttered mumbled laughed sighed
exclaimed yelled repeated repeats reiterated reiterates stressed stresses emphasised emphasises emphasized emphasizes underlined
underlines pointed concluded concludes suggested suggests proposed urged urges pleaded demanded demands ordered complained complains lamented
laments protested boasted bragged predicted predicts promised promises pledged vowed vows testified wrote writes tweeted
tweets posted posts texted reads agreed agrees countered retorted responded responds interjected interrupted mused reflected reflects reasoned
recounted reported revealed reveals disclosed maintained maintains asserted asserts affirmed alleged
contended hinted cautioned cautions advised described describes called calls calling branded brands labelled labeled dubbed termed
characterised characterized praised criticised criticized condemned blasted slammed hailed accused thanked apologised apologized
quoted summed began begins opened closed finished offered offers wondered wonders thought thinks believes put puts told
read joked greeted sang chanted confessed elaborated enthused marvelled stipulated specified summarised vouched voiced ruled wrote remembered remembers dismissed welcomed welcomes deemed considered considers saying adding telling
shrugs shrugged smiles smiled grins grinned nods nodded pauses paused laughs shakes sighs warning insisting arguing explaining describing calling writing noting asking predicting promising branding accusing`

const foreign = `
dit déclaré déclare affirmé affirme expliqué explique ajouté ajoute estimé estime répondu répond souligné souligne assuré assure
promis promet averti avertit reconnu reconnaît rappelé rappelle insisté insiste martelé martèle plaidé plaide noté note jugé juge résumé résume écrit commenté commente observé remarqué avoué avoue admis admet soupiré soupire demandé demande
précisé précise lancé regretté confié confie raconté raconte conclu conclut poursuit poursuivi indiqué indique prévenu
sagte sagt erklärte erklärt meinte meint betonte betont ergänzte fügte antwortete warnte kritisierte teilte schrieb fragte
berichtete versprach gestand räumte schilderte forderte lobte nannte bezeichnete kündigte gesagt
dedi diyor söyledi konuştu belirtti açıkladı ekledi vurguladı yazdı sordu yanıtladı kaydetti anlattı uyardı`

/** Verbs of saying in other languages than English. */
export const foreignCues: readonly string[] = foreign.trim().split(/\s+/)

export const cueVerbs: ReadonlySet<string> = new Set(`${spoken} ${foreign}`.trim().split(/\s+/))

/** Verbs that may stand before their subject after a quote: “…” said X. English inverts few others. */
export const invertible: ReadonlySet<string> = new Set(
  `said says added adds asked asks replied replies explained explains wrote writes recalled recalls joked joked
  continued insisted warned warns argued argues noted notes remarked observed declared announced admitted conceded commented concluded
  shouted cried exclaimed whispered answered quipped sighed laughed tweeted reads sang ${foreign}`
    .trim()
    .split(/\s+/),
)

/** What may stand between a subject and its verb. */
export const AUXILIARY =
  '(?:has|have|had|also|then|later|later|once|often|again|just|only|still|previously|recently|reportedly|is|was|will|would|could|can|did|who|even|never|always|himself|herself|first|today|yesterday|earlier|meanwhile|however|\\p{Ll}+ly|a|ont|avait|hat|hatte|aussi|ensuite|bunu|da|de|ise|şöyle|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)'

/** What makes a verb before it one of somebody else's words: was told, is said to. */
export const PASSIVE = /\b(?:was|were|been|being|is|are|be|gets?|got)(?: \p{Ll}+ly)? $/u
