import { setOf, type WishLanguage } from './language.ts';

/** What a word can stand for. A word may stand for several things; the place in the sentence decides. */
export type Concept =
  // What is asked for.
  | 'publish'
  | 'schedule'
  | 'reschedule'
  | 'cancel'
  | 'watch'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'describe'
  | 'put'
  | 'write'
  | 'give'
  | 'brainstorm'
  | 'plan'
  | 'show'
  | 'search'
  | 'explain'
  | 'summarise'
  | 'tell'
  // What it is about.
  | 'idea'
  | 'caption'
  | 'text'
  | 'post'
  | 'draft'
  | 'week'
  | 'campaign'
  | 'calendar'
  | 'account'
  | 'analytics'
  | 'recording'
  | 'folder'
  | 'slot'
  // What happened.
  | 'failed'
  | 'appeared'
  | 'planned'
  | 'connected'
  | 'running'
  | 'did'
  // The little words.
  | 'why'
  | 'what'
  | 'when'
  | 'how'
  | 'which'
  | 'happened'
  | 'not'
  | 'if'
  | 'whether'
  | 'should'
  | 'says'
  | 'best'
  | 'all'
  | 'again'
  | 'this'
  | 'mention';

type Lexicon = Partial<Record<Concept, string>>;

const english: Lexicon = {
  publish: 'publish post share toot tweet skeet send release upload',
  schedule: 'schedule queue arm commit',
  reschedule: 'reschedule move postpone delay push shift bring',
  cancel: 'cancel unschedule call scrap abort withdraw drop',
  watch: 'watch monitor observe keep',
  pause: 'pause suspend hold',
  resume: 'resume continue unpause restart',
  stop: 'stop end quit forget remove',
  describe: 'describe',
  put: 'put place get',
  write: 'write draft compose word phrase formulate suggest propose prepare rewrite',
  give: 'give come generate make create need want think find suggest show propose',
  brainstorm: 'brainstorm',
  plan: 'plan map lay outline preview sketch fill',
  show: 'show list display see open view look',
  search: 'search find locate look',
  explain: 'explain diagnose',
  summarise: 'summarise summarize sum recap analyse analyze',
  tell: 'tell describe know',
  idea: 'idea ideas topic topics concept concepts inspiration brainstorm suggestions',
  caption: 'caption captions teaser teasers tagline subtitle',
  text: 'text texts copy wording thread threads tweet toot blurb description announcement',
  post: 'post posts publication publications',
  draft: 'draft drafts',
  week: 'week weeks fortnight month days',
  campaign: 'campaign campaigns launch series',
  calendar: 'schedule schedules calendar agenda queue upcoming timetable',
  account: 'account accounts profile profiles',
  analytics:
    'analytics statistics stats numbers performance metrics reach engagement likes results insights figures',
  recording:
    'recording recordings video videos clip clips episode episodes transcript transcripts audio asset assets interview interviews footage library podcast podcasts file files',
  folder: 'folder folders directory',
  slot: 'slot',
  failed: 'fail failed fails failing stuck missing wrong broken late missed error unconfirmed problem',
  appeared:
    'status posted published appear appeared appears publishing uploaded sent shared out transcribed described imported ingested live arrive arrived upload post publish',
  planned: 'planned scheduled upcoming coming queued waiting due goes',
  connected: 'connected linked',
  running: 'running processing busy working progress activity',
  did: 'did perform performed doing went fare fared performing',
  why: 'why reason cause',
  what: 'what',
  when: 'when',
  how: 'how',
  which: 'which where',
  happened: 'happened happen occurred wrong',
  not: 'not never no nothing dont nobody neither avoid',
  if: 'if unless suppose supposing imagine pretend hypothetically',
  whether: 'whether wondering wonder',
  should: 'should would might may',
  says: 'says said say saying tells told reads wrote asks asked wants claims means mean',
  best: 'best better first second third fourth fifth last one',
  all: 'all every everywhere both everything each',
  again: 'again anew redo retry',
  this: 'this it that these them those',
  mention: 'mention mentioned talk talked talking speak spoke said discuss discussed say',
};

const german: Lexicon = {
  publish:
    'veroffentliche veroffentlichen veroffentlich poste posten teile teilen publiziere publizieren sende senden stell stelle stellen bring raushauen lade',
  schedule: 'plane planen plan einplanen terminiere terminieren plant',
  reschedule: 'verschiebe verschieben verschieb verlege verlegen verleg umplanen',
  cancel:
    'storniere stornieren stornier sag sage absagen streiche streichen streich abbrechen brich nimm loschen losche',
  watch: 'uberwache uberwachen beobachte beobachten beobachte',
  pause: 'pausiere pausieren unterbrich halte',
  resume: 'setze fortsetzen weiterfuhren fortfahren',
  stop: 'stoppe stoppen stopp beende beenden entferne entfernen hor',
  describe: 'beschreibe beschreiben beschreib',
  put: 'setze setz leg lege packe pack',
  write:
    'schreib schreibe schreiben entwirf entwerfen formuliere formulieren verfasse verfassen texte erstelle',
  give: 'gib geben nenne nenn mach mache erzeuge generiere brauche hatte mochte zeig zeige schlag such liefere finde',
  brainstorm: 'brainstorme brainstormen',
  plan: 'plane planen plan entwirf skizziere vorschau',
  show: 'zeig zeige zeigen liste nenne welche offne',
  search: 'suche such suchen finde find finden',
  explain: 'erklar erklare erklaren',
  summarise: 'fasse fass zusammenfassen zusammenfassung werte auswerten',
  tell: 'erzahl erzahle sag was weisst',
  idea: 'idee ideen thema themen vorschlage inspiration einfalle',
  caption: 'bildunterschrift bildunterschriften caption captions unterschrift untertitel teaser',
  text: 'text texte posttext thread beschreibung ankundigung',
  post: 'beitrag beitrage beitrags beitragen post posts posting postings',
  draft: 'entwurf entwurfe entwurfs',
  week: 'woche wochen wochenplan monat monats tage',
  campaign: 'kampagne kampagnen aktion serie reihe',
  calendar: 'kalender zeitplan terminplan termine plan redaktionsplan agenda warteschlange',
  account: 'konto konten account accounts profil profile',
  analytics:
    'statistik statistiken zahlen auswertung analyse reichweite likes ergebnisse leistung kennzahlen',
  recording:
    'aufnahme aufnahmen video videos clip clips folge folgen transkript transkripte mitschrift bibliothek interview interviews datei dateien podcast',
  folder: 'ordner verzeichnis',
  slot: 'slot platz zeitfenster',
  failed:
    'fehlgeschlagen gescheitert hangt fehlt schief fehler verspatet verpasst spat problem fehlgeschlagenen',
  appeared:
    'veroffentlicht gepostet erschienen online rausgegangen transkribiert importiert gesendet publiziert',
  planned: 'geplant eingeplant ansteht anstehen steht stehen kommt vorgemerkt geplante geplanten',
  connected: 'verbunden verknupft',
  running: 'lauft laufen arbeitet',
  did: 'liefen lief lauft abgeschnitten angekommen performt',
  why: 'warum weshalb wieso grund',
  what: 'was',
  when: 'wann',
  how: 'wie',
  which: 'welche welcher welches welchen wo worin',
  happened: 'passiert geschehen los',
  not: 'nicht nichts kein keine keinen keinem nie niemals niemand nirgends',
  if: 'wenn falls angenommen',
  whether: 'ob uberlege frage',
  should: 'soll sollte sollten wurde darf',
  says: 'sagt sagte steht schreibt schrieb heisst bedeutet meint verlangt will fordert',
  best: 'beste besten bestes bessere besseren ersten erste zweite zweiten dritte dritten letzte letzten',
  all: 'alle allen alles uberall beide beiden jeden',
  again: 'nochmal erneut noch wieder neu',
  this: 'das dies diesen diese dieses ihn es',
  mention: 'spreche rede sprach geredet erwahne erwahnt gesprochen gesagt uber',
};

const spanish: Lexicon = {
  publish:
    'publica publicar publique publiques postea postear comparte compartir comparta compartas sube subir suba subas envia enviar lanza publicalo publicala publicalos compartelo subelo postealo',
  schedule:
    'programa programar programe programes agenda agendar agendes programalo programala agendalo planifica planificar',
  reschedule:
    'reprograma reprogramar mueve mover muevas aplaza aplazar aplaces pospon posponer pospongas cambia cambiar retrasa retrasar adelanta muevelo reprogramalo',
  cancel: 'cancela cancelar canceles anula anular anules cancelalo desprograma elimina borra retira',
  watch: 'vigila vigilar vigiles observa observar monitorea',
  pause: 'pausa pausar suspende',
  resume: 'reanuda reanudar continua continuar',
  stop: 'deja dejar deten detener para quita',
  describe: 'describe describir',
  put: 'pon poner coloca',
  write: 'escribe escribir escribeme redacta redactar redactame prepara crea propon componme compon',
  give: 'dame da genera generar necesito quiero propon sugiere busca encuentra haz crea muestrame proponme',
  brainstorm: 'brainstorming',
  plan: 'planifica planificar planea planear organiza organizar esboza previsualiza',
  show: 'muestra muestrame mostrar lista ensena ensename ver abre',
  search: 'busca buscar encuentra encontrar',
  explain: 'explica explicar explicame',
  summarise: 'resume resumir resumen analiza',
  tell: 'cuentame dime',
  idea: 'idea ideas tema temas sugerencias inspiracion',
  caption: 'leyenda leyendas pie pies caption captions titular',
  text: 'texto textos hilo copy anuncio descripcion',
  post: 'publicacion publicaciones post posts entrada entradas',
  draft: 'borrador borradores',
  week: 'semana semanas mes dias',
  campaign: 'campana campanas serie lanzamiento',
  calendar: 'calendario agenda programacion plan cola',
  account: 'cuenta cuentas perfil perfiles',
  analytics:
    'analisis analitica analiticas estadisticas estadistica numeros rendimiento resultados alcance metricas',
  recording:
    'grabacion grabaciones video videos clip clips episodio episodios transcripcion transcripciones entrevista biblioteca archivo archivos podcast',
  folder: 'carpeta directorio',
  slot: 'hueco turno',
  failed: 'fallo fallado fallaron fallida fallidas falta error tarde perdido mal problema',
  appeared:
    'publico publicado publicada publicaron publicados salio salido aparecio transcrito enviado subido publicar publica',
  planned: 'programado programada programados programadas planificado previsto proxima pendiente',
  connected: 'conectadas conectados conectada conectado vinculadas',
  running: 'ejecutando corriendo trabajando marcha procesando',
  did: 'fueron fue funcionaron funciono salieron rindieron',
  why: 'porque motivo razon',
  what: 'que',
  when: 'cuando',
  how: 'como',
  which: 'cual cuales donde',
  happened: 'paso ocurrio sucedio pasado',
  not: 'no nunca nada ningun ninguna jamas tampoco',
  if: 'si supon imagina',
  whether: 'pregunto',
  should: 'deberia debo convendria podria',
  says: 'dice dijo decia pide significa quiere',
  best: 'mejor primera primero segunda segundo tercera tercero ultima ultimo',
  all: 'todo todas todos ambas ambos cada',
  again: 'nuevo vuelve',
  this: 'esto eso este esta ese lo',
  mention: 'hablo hable menciono mencione dije',
};

const french: Lexicon = {
  publish:
    'publie publier publies poste poster postes partage partager partages envoie envoyer mets diffuse diffuser',
  schedule: 'programme programmer programmes planifie planifier planifies',
  reschedule:
    'deplace deplacer deplaces decale decaler decales reporte reporter reportes repousse repousser reprogramme reprogrammer avance',
  cancel: 'annule annuler annules supprime retire',
  watch: 'surveille surveiller surveilles observe',
  pause: 'suspends suspendre pause',
  resume: 'reprends reprendre continue',
  stop: 'arrete arreter cesse enleve',
  describe: 'decris decrire',
  put: 'place mets',
  write: 'ecris ecrire redige rediger prepare compose propose',
  give: 'donne trouve genere propose fais suggere besoin veux voudrais montre cherche',
  brainstorm: 'brainstorming',
  plan: 'planifie planifier prepare organise esquisse',
  show: 'montre montrer affiche afficher liste lister voir ouvre',
  search: 'cherche chercher recherche rechercher trouve trouver',
  explain: 'explique expliquer',
  summarise: 'resume resumer analyse',
  tell: 'parle raconte dis',
  idea: 'idee idees sujet sujets theme themes inspiration suggestions',
  caption: 'legende legendes caption captions accroche accroches titre',
  text: 'texte textes fil annonce description',
  post: 'publication publications post posts billet',
  draft: 'brouillon brouillons',
  week: 'semaine semaines mois jours',
  campaign: 'campagne campagnes serie lancement',
  calendar: 'calendrier agenda programme planning file',
  account: 'compte comptes profil profils',
  analytics:
    'statistiques statistique resultats resultat chiffres analyse performances performance portee audience',
  recording:
    'enregistrement enregistrements video videos clip clips episode episodes transcription transcriptions entretien interview bibliotheque fichier fichiers podcast',
  folder: 'dossier repertoire',
  slot: 'creneau',
  failed: 'echoue echec rate ratee retard manque erreur bloque probleme echouees echoues',
  appeared: 'publie publiee publies publiees parti partie paru parue envoye transcrit mis',
  planned: 'programme programmee programmes programmees prevu prevue prevus planifie',
  connected: 'connectes connecte relies lies',
  running: 'cours tourne',
  did: 'marche ete fait fonctionne',
  why: 'pourquoi raison cause',
  what: 'que quoi quel qu',
  when: 'quand',
  how: 'comment',
  which: 'quels quelles quelle ou lequel laquelle',
  happened: 'passe arrive produit',
  not: 'ne n pas rien jamais aucun aucune',
  if: 'si suppose imagine',
  whether: 'demande',
  should: 'devrais dois devrait faudrait pourrait',
  says: 'dit disait demande veut signifie ecrit',
  best: 'meilleur meilleure premiere premier deuxieme seconde second troisieme derniere dernier',
  all: 'tout toutes tous chaque deux',
  again: 'nouveau encore',
  this: 'ceci cela ca ce cette',
  mention: 'parle evoque mentionne dis',
};

/** Beginnings that are polite and mean nothing. */
const politeWords: Record<WishLanguage, ReadonlySet<string>> = {
  en: setOf(
    'please hey hi hello ok okay now also just then so and well kindly go ahead next but first finally afterwards',
  ),
  de: setOf('bitte hey hallo ok jetzt dann und also mal doch danach zuerst anschliessend gern schliesslich'),
  es: setOf('por favor hola ok ahora luego despues y entonces ya oye primero'),
  fr: setOf('s il te plait stp vous svp bonjour ok maintenant puis ensuite et alors d abord apres'),
};

/** Beginnings after which stands what is wanted: "can you", "ich möchte, dass du", "je veux que tu". Longest first. */
const requestBeginnings: Record<WishLanguage, readonly string[]> = {
  en: [
    'i would like you to',
    'i d like you to',
    'i want you to',
    'i need you to',
    'would you mind to',
    'i would like to',
    'i d like to',
    'i want to',
    'i need to',
    'could you',
    'would you',
    'can you',
    'will you',
    'can we',
    'let us',
    'let s',
    'lets',
    'go ahead and',
  ],
  de: [
    'ich mochte dass du',
    'ich will dass du',
    'kannst du',
    'konntest du',
    'wurdest du',
    'konnen wir',
    'ich mochte',
    'ich will',
    'lass uns',
  ],
  es: [
    'me gustaria que',
    'quiero que',
    'me gustaria',
    'podrias',
    'puedes',
    'podemos',
    'quiero',
    'quisiera',
    'vamos a',
  ],
  fr: [
    'je voudrais que tu',
    'je veux que tu',
    'j aimerais que tu',
    'est ce que tu peux',
    'pourrais tu',
    'pouvez vous',
    'peux tu',
    'tu peux',
    'je voudrais',
    'je veux',
    'j aimerais',
  ],
};

export interface LanguageWords {
  forms: ReadonlyMap<string, readonly Concept[]>;
  polite: ReadonlySet<string>;
  requestBeginnings: readonly string[][];
}

export const languageWords: Record<WishLanguage, LanguageWords> = {
  en: compile('en', english),
  de: compile('de', german),
  es: compile('es', spanish),
  fr: compile('fr', french),
};

function compile(language: WishLanguage, lexicon: Lexicon): LanguageWords {
  const forms = new Map<string, Concept[]>();
  for (const [concept, words] of Object.entries(lexicon)) {
    for (const form of words.split(' ')) {
      const concepts = forms.get(form) ?? [];
      if (!concepts.includes(concept as Concept)) forms.set(form, [...concepts, concept as Concept]);
    }
  }
  return {
    forms,
    polite: politeWords[language],
    requestBeginnings: requestBeginnings[language].map((beginning) => beginning.split(' ')),
  };
}
