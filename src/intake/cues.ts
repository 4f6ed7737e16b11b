/** Verbs that give somebody's words. The lists are closed and generous; each form is written out. */
const spoken = `
accused accusing acknowledged acknowledges added adding adds admits admitted advised affirmed agreed agrees
alleged announced announces answered answers apologised apologized argued argues arguing asked asking asks
asserted asserts began begins believes blasted boasted bragged branded branding brands called calling calls
cautioned cautions chanted characterised characterized claimed claims closed commented comments complained
complains conceded concedes concluded concludes condemned confessed confirmed confirms considered considers
contended continued continues countered cried criticised criticized declared declares deemed demanded
demands denied denies described describes describing disclosed dismissed dubbed elaborated emphasised
emphasises emphasized emphasizes enthused exclaimed explained explaining explains finished greeted grinned
grins hailed hinted insisted insisting insists interjected interrupted joked jokes labeled labelled lamented
laments laughed laughs maintained maintains marvelled mumbled mused muttered nodded nods noted notes noting
observed observes offered offers opened ordered paused pauses pleaded pledged pointed posted posts praised
predicted predicting predicts promised promises promising proposed protested put puts quipped quoted read
reads reasoned recalled recalls recounted reflected reflects reiterated reiterates remarked remarks
remembered remembers repeated repeats replied replies reported responded responds retorted revealed reveals
ruled said sang say saying says shakes shouted shouts shrugged shrugs sighed sighs slammed smiled smiles
specified stated states stipulated stressed stresses suggested suggests summarised summed telling tells
termed testified texted thanked thinks thought told tweeted tweets underlined underlines urged urges voiced
vouched vowed vows warned warning warns welcomed welcomes whispered wondered wonders writes writing wrote
yelled`

const foreign = `
admet admis affirme affirmé agace agacé ajoute ajouté anlattı antwortet antwortete assure assuré assène asséné
averti avertit avoue avoué açıkladı bedauert bedauerte beklagt beklagte belirtti bemängelt bemängelte
berichtet berichtete bestätigt bestätigte betont betonte bezeichnete commente commenté complète complété
conclu conclut confie confirme confirmé confié considère considéré constate constaté craint crie crié dedi
demande demandé dit diyor déclare déclaré décrit défend dénonce dénoncé déplore déploré désole désolé détaille
détaillé ekledi emporte emporté enchaîne enchaîné entgegnet entgegnete ergänzt ergänzte erinnert erinnerte
erklärt erklärte erwidert erwiderte erzählt erzählte espère espéré estime estimé exclame exclamé explique
expliqué findet fordert forderte fragt fragte freut freute fustige fustigé félicite fügt fügte gesagt gestand
glaubt glaubte glisse glissé hofft hoffte hurle hurlé indigne indigné indique indiqué inquiète inquiété
insiste insisté insurge interroge interrogé ironise ironisé juge jugé jure juré kaydetti klagt klagte
kommentiert kommentierte konuştu kritisiert kritisierte kündigte lacht lachte lancé lobt lobte lâche lâché
mahnt mahnte martelé martèle meint meinte meldet meldete nannte nennt note noté nuancé observé pense plaide
plaidé plaisante plaisanté poursuit poursuivi promet promis précise précisé prévenu prévient raconte raconté
raille raillé rappelle rappelé rapporte rapporté rassure rassuré reconnaît reconnu redoute regrette regretté
relativise relativisé remarqué renchéri renchérit reprend resümiert resümierte rief rigole rigolé riposte
riposté ruft râle râlé räumt räumte réjoui réjouit réplique répliqué répond répondu répète répété résume
résumé rétorque rétorqué sagt sagte schildert schilderte schimpft schimpfte schreibt schrieb signale signalé
sordu souffle soufflé souligne souligné soupire soupiré sourit soutenu soutient souvient söyledi tacle taclé
teilt teilte temporise temporisé tempère tempéré témoigne témoigné uyardı vermutet vermutete versichert
versicherte versprach verspricht vurguladı warnt warnte yanıtladı yazdı écrie écrit écrié étonne étonné
étrangle évoque évoqué`

/** Verbs of saying in other languages than English. */
export const foreignCues: readonly string[] = foreign.trim().split(/\s+/)

export const cueVerbs: ReadonlySet<string> = new Set(`${spoken} ${foreign}`.trim().split(/\s+/))

/** Verbs that may stand before their subject after a quote: “…” said X. English inverts few others. */
export const invertible: ReadonlySet<string> = new Set(
  `said says added adds asked asks replied replies explained explains wrote writes recalled recalls joked jokes
  continued insisted warned warns argued argues noted notes remarked observed declared announced admitted conceded commented concluded
  shouted cried exclaimed whispered answered quipped sighed laughed tweeted reads sang ${foreign}`
    .trim()
    .split(/\s+/),
)

/** What may stand between a subject and its verb. */
export const AUXILIARY =
  '(?:has|have|had|also|then|later|once|often|again|just|only|still|previously|recently|reportedly|is|was|will|would|could|can|did|who|even|never|always|himself|herself|first|today|yesterday|earlier|meanwhile|however|\\p{Ll}+ly|a|ont|avait|hat|hatte|aussi|ensuite|toutefois|également|déjà|notamment|bunu|da|de|ise|şöyle|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)'

/** What makes a verb before it one of somebody else's words: was told, is said to. */
export const PASSIVE = /\b(?:was|were|been|being|is|are|be|gets?|got)(?: \p{Ll}+ly)? $/u
