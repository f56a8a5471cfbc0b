import type { Phrases } from './phrase-types.ts';

const steersLoop = 'Cela dirige une boucle qui tourne seule, donc cela passe par le même chemin contrôlé.';

export const french: Phrases = {
  momentFormat: 'cccc d LLLL, HH:mm',
  dayFormat: 'cccc d LLLL',

  reasonOfMode: {
    think: 'Réfléchir ne change rien hors de cette conversation, donc la réponse vient aussitôt.',
    commit:
      'Cela change quelque chose hors de cette conversation, donc c’est consigné, exécuté comme un workflow, et attend ton accord.',
    loop: 'Cela continue seul après cette conversation, donc c’est une boucle qui survit aux redémarrages, et attend ton accord.',
  },
  reasonOf: {
    'schedule-post':
      'Publier est un engagement envers le monde qui doit survivre à un redémarrage, donc c’est un workflow qui attend ton accord.',
    'schedule-plan':
      'Chaque publication du plan est un engagement à part, donc chacune est un workflow ; un seul accord vaut pour toutes.',
    'reschedule-post':
      'Cela change un engagement déjà en cours, donc le changement passe par le même workflow.',
    'cancel-post': 'Cela met fin à un engagement déjà en cours, donc cela passe par le même workflow.',
    'delete-published-post':
      'Cela retire définitivement ce que d’autres ont déjà vu, donc cela passe par un workflow et attend ton accord.',
    'describe-asset':
      'Cela prend des minutes et doit survivre à un redémarrage, donc c’est exécuté comme un workflow.',
    'watch-folder':
      'Cela continue jour après jour jusqu’à ce que tu l’arrêtes, donc c’est une boucle qui survit à chaque redémarrage.',
    'pause-watch-folder': steersLoop,
    'resume-watch-folder': steersLoop,
    'remove-watch-folder':
      'Cela met fin à une boucle qui tourne seule, donc cela passe par le même chemin contrôlé.',
  },

  deeds: {
    'schedule-post': 'Programmer la publication',
    'schedule-plan': 'Programmer le plan',
    'reschedule-post': 'Déplacer la publication',
    'cancel-post': 'Annuler la publication',
    'delete-published-post': 'Supprimer la publication en ligne',
    'describe-asset': 'Décrire à nouveau l’enregistrement',
    'watch-folder': 'Surveiller le dossier',
    'pause-watch-folder': 'Suspendre la surveillance du dossier',
    'resume-watch-folder': 'Reprendre la surveillance du dossier',
    'remove-watch-folder': 'Arrêter la surveillance du dossier',
  },
  waitsForApproval: (deed, moment) =>
    moment === undefined
      ? `${deed} : cela attend ton accord.`
      : `${deed}, ${moment} : cela attend ton accord.`,
  scheduledFor: (moment) => `Programmé pour ${moment}.`,
  accepted: (deed) => `${deed} : accepté.`,

  nothingDone: 'D’accord. Rien n’a été fait.',
  introduce: {
    error: (said) => `Cela n’a pas été possible. Longhand dit (en anglais) : ${said}`,
    cause: (said) => `Voici ce que disent les registres (en anglais) : ${said}`,
    numbers: (said) => `Voici les chiffres (en anglais) : ${said}`,
  },
  noAccountYet: 'Aucun compte n’est encore connecté.',
  connectOne: 'Rien n’a été changé. Connectes-en un sous Settings, Accounts, puis redemande.',
  noPlanYet:
    'Il n’y a pas encore de plan dans cette conversation. Rien n’a été changé. Demande d’abord un plan.',
  planWithoutAccounts:
    'Le plan n’a pas de comptes. Rien n’a été changé. Connectes-en un, puis redemande le plan.',
  shownAlready: 'C’est déjà affiché, donc je m’arrête ici.',
  stoppedAfterSteps: (count) => `Je me suis arrêté après ${count} étapes.`,
  cutShort: {
    steps: (count) =>
      `L’assistant s’est arrêté après ${count} étapes. Ce qui est affiché est fait ; le reste ne l’est pas. Demande-le à part.`,
    time: 'L’assistant s’est arrêté parce que cela durait trop longtemps. Ce qui est affiché est fait ; le reste ne l’est pas. Demande-le à part.',
  },

  notSure: 'Je ne suis pas sûr de ce que tu veux. Est-ce l’un de ceux-ci ?',
  offers: {
    'generate-ideas': { label: 'Donne-moi des idées', wish: 'Donne-moi des idées' },
    'draft-caption': { label: 'Rédige une légende', wish: 'Rédige une légende' },
    'preview-plan': { label: 'Planifie ma semaine', wish: 'Planifie ma semaine' },
    'look-up': { label: 'Qu’est-ce qui est programmé ?', wish: 'Qu’est-ce qui est programmé ?' },
    'search-library': { label: 'Chercher dans la bibliothèque', wish: 'Cherche dans mes enregistrements' },
    'read-metadata': { label: 'Sur un enregistrement', wish: 'Parle-moi de cet enregistrement' },
    'summarise-analytics': {
      label: 'Comment ont marché mes publications ?',
      wish: 'Comment ont marché mes publications ?',
    },
    'explain-what-happened': { label: 'Que s’est-il passé ?', wish: 'Que s’est-il passé ?' },
    'list-activity': { label: 'Qu’est-ce qui tourne ?', wish: 'Qu’est-ce qui est en cours ?' },
  },

  aboutWhat: {
    'generate-ideas': 'Pour quoi sont les idées ? Dis en une phrase ce que tu proposes, et à qui.',
    'draft-caption': 'De quoi parle le texte ?',
    'preview-plan': 'De quoi parle le plan ?',
  },
  whichRecording: 'Quel enregistrement ?',
  whichOfRecordings: 'Plusieurs enregistrements conviennent. Lequel est-ce ?',
  whichFolder: 'Quel dossier ? Donne son chemin complet.',
  whichWatchedFolder: 'Quel dossier surveillé ?',
  whatText: 'Que doit dire la publication ? Tu peux aussi nommer un brouillon.',
  whichPost: 'Quelle publication ?',
  noPostToChange: 'Quelle publication ? Il n’y en a aucune à changer en ce moment.',
  whichAccount: 'Sur quel compte ?',
  noAccountOn: (platform) => `Tu n’as pas encore de compte sur ${platform}.`,
  allAccounts: { label: 'Sur tous', wish: 'sur tous les comptes' },
  when: 'Quand ?',
  nextSlot: { label: 'Au prochain créneau libre', wish: 'dans le prochain créneau libre' },
  now: { label: 'Maintenant', wish: 'maintenant' },
  unclearTime: {
    several: 'Plusieurs moments sont nommés. Lequel est-ce ?',
    twice: 'On recule alors les horloges, et cette heure vient deux fois. Laquelle est-ce ?',
    skipped: 'On avance alors les horloges, et cette heure n’existe pas. Quand cela doit-il être ?',
    'which-day': 'Quel jour est-ce ?',
    'part-of-day': 'Le matin ou l’après-midi ?',
  },
  noHour: (day) => `À quelle heure le ${day} ?`,
  hasPassed: (moment) => `${moment} est passé. Quand cela doit-il être ?`,

  ideas: (count) => (count === 1 ? 'Voici une idée.' : `Voici ${count} idées.`),
  captions: (learnedFromCount) =>
    `Voici les textes, dans les limites de chaque plateforme.${learnedFromCount === 0 ? '' : ` Leur ton est celui de ${learnedFromCount} de tes publications.`}`,
  plan: (postCount) =>
    `Un plan de ${postCount} ${postCount === 1 ? 'publication' : 'publications'}. Rien n’en est engagé.`,
  endedEarly: 'Le temps était écoulé avant que le modèle ait écrit davantage. Redemande le reste.',
  found: (count) => (count === 1 ? 'Il y a un résultat.' : `Il y a ${count} résultats.`),
  recordings: (count) =>
    count === 0
      ? 'Aucun enregistrement ne convient.'
      : count === 1
        ? 'Un enregistrement convient.'
        : `${count} enregistrements conviennent.`,
  lookedThroughLibrary: (count) =>
    `Aucun enregistrement n’est joint ici, donc j’ai cherché dans la bibliothèque : ${count === 1 ? 'un en parle' : `${count} en parlent`}. Nomme-le, ou joins-le, pour demander ce qui y est dit.`,
  usingRecording: (title) => `Pour cela je lis « ${title} », puisque tu l’as nommé.`,
  emptyLookUp: {
    posts: 'Il n’y a pas de telles publications.',
    accounts: 'Aucun compte n’est encore connecté. Connectes-en un sous Settings, Accounts.',
    schedule: 'Rien n’est prévu alors.',
  },
  recordingLength: (minutes) => `Il dure environ ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  nothingRunning: 'Rien n’est en cours.',
};
