import type { Phrases } from './phrase-types.ts';

const steersLoop =
  'Es steuert eine Schleife, die von selbst läuft, also geht es denselben geprüften Weg wie ihr Beginn.';

export const german: Phrases = {
  momentFormat: "cccc, d. LLLL, HH:mm 'Uhr'",
  dayFormat: 'cccc, d. LLLL',

  reasonOfMode: {
    think: 'Nachdenken ändert nichts außerhalb dieses Gesprächs, also kommt die Antwort sofort.',
    commit:
      'Es ändert etwas außerhalb dieses Gesprächs, also wird es festgehalten, läuft als Workflow und wartet auf deine Freigabe.',
    loop: 'Es läuft nach diesem Gespräch von selbst weiter, also ist es eine Schleife, die jeden Neustart übersteht, und wartet auf deine Freigabe.',
  },
  reasonOf: {
    'schedule-post':
      'Veröffentlichen ist eine Zusage an die Welt, die einen Neustart überstehen muss, also läuft es als Workflow und wartet auf deine Freigabe.',
    'schedule-plan':
      'Jeder Beitrag des Plans ist eine eigene Zusage, also läuft jeder als Workflow; eine Freigabe gilt für alle.',
    'reschedule-post':
      'Es ändert eine Zusage, die schon läuft, also geht die Änderung durch denselben Workflow.',
    'cancel-post': 'Es beendet eine Zusage, die schon läuft, also geht es durch denselben Workflow.',
    'delete-published-post':
      'Es nimmt endgültig zurück, was andere schon gesehen haben, also läuft es als Workflow und wartet auf deine Freigabe.',
    'describe-asset': 'Es dauert Minuten und muss einen Neustart überstehen, also läuft es als Workflow.',
    'watch-folder':
      'Es läuft Tag für Tag, bis du es beendest, also ist es eine Schleife, die jeden Neustart übersteht.',
    'pause-watch-folder': steersLoop,
    'resume-watch-folder': steersLoop,
    'remove-watch-folder':
      'Es beendet eine Schleife, die von selbst läuft, also geht es denselben geprüften Weg wie ihr Beginn.',
  },

  deeds: {
    'schedule-post': 'Beitrag einplanen',
    'schedule-plan': 'Plan einplanen',
    'reschedule-post': 'Beitrag verschieben',
    'cancel-post': 'Beitrag absagen',
    'delete-published-post': 'Veröffentlichten Beitrag löschen',
    'describe-asset': 'Aufnahme neu beschreiben',
    'watch-folder': 'Ordner überwachen',
    'pause-watch-folder': 'Überwachung des Ordners pausieren',
    'resume-watch-folder': 'Überwachung des Ordners fortsetzen',
    'remove-watch-folder': 'Überwachung des Ordners beenden',
  },
  waitsForApproval: (deed, moment) =>
    moment === undefined
      ? `${deed}: Das wartet auf deine Freigabe.`
      : `${deed}, ${moment}: Das wartet auf deine Freigabe.`,
  scheduledFor: (moment) => `Eingeplant für ${moment}.`,
  accepted: (deed) => `${deed}: Das ist angenommen.`,

  nothingDone: 'In Ordnung. Es wurde nichts getan.',
  introduce: {
    error: (said) => `Das ging nicht. Longhand sagt dazu (auf Englisch): ${said}`,
    cause: (said) => `So steht es in den Aufzeichnungen (auf Englisch): ${said}`,
    numbers: (said) => `Das sind die Zahlen (auf Englisch): ${said}`,
  },
  noAccountYet: 'Es ist noch kein Konto verbunden.',
  connectOne: 'Es wurde nichts geändert. Verbinde eines unter Settings, Accounts, und frag dann noch einmal.',
  noPlanYet:
    'In diesem Gespräch gibt es noch keinen Plan. Es wurde nichts geändert. Frag zuerst nach einem Plan.',
  planWithoutAccounts:
    'Der Plan hat keine Konten. Es wurde nichts geändert. Verbinde eines und frag dann noch einmal nach dem Plan.',
  shownAlready: 'Das steht schon da, also höre ich hier auf.',
  stoppedAfterSteps: (count) => `Ich habe nach ${count} Schritten aufgehört.`,
  cutShort: {
    steps: (count) =>
      `Der Assistent hat nach ${count} Schritten aufgehört. Was gezeigt wird, ist getan; der Rest nicht. Frag einzeln danach.`,
    time: 'Der Assistent hat aufgehört, weil es zu lange dauerte. Was gezeigt wird, ist getan; der Rest nicht. Frag einzeln danach.',
  },

  notSure: 'Ich bin nicht sicher, was du möchtest. Ist es eines davon?',
  offers: {
    'generate-ideas': { label: 'Gib mir Ideen', wish: 'Gib mir Ideen' },
    'draft-caption': { label: 'Entwirf eine Bildunterschrift', wish: 'Entwirf eine Bildunterschrift' },
    'preview-plan': { label: 'Plane meine Woche', wish: 'Plane meine Woche' },
    'look-up': { label: 'Was ist geplant?', wish: 'Was ist geplant?' },
    'search-library': { label: 'Die Bibliothek durchsuchen', wish: 'Durchsuche meine Aufnahmen' },
    'read-metadata': { label: 'Über eine Aufnahme', wish: 'Erzähl mir von dieser Aufnahme' },
    'summarise-analytics': {
      label: 'Wie liefen meine Beiträge?',
      wish: 'Wie liefen meine Beiträge?',
    },
    'explain-what-happened': { label: 'Was ist passiert?', wish: 'Was ist passiert?' },
    'list-activity': { label: 'Was läuft gerade?', wish: 'Was läuft gerade?' },
  },

  aboutWhat: {
    'generate-ideas': 'Wofür sind die Ideen? Sag in einem Satz, was du anbietest und wem.',
    'draft-caption': 'Worum geht es in der Bildunterschrift?',
    'preview-plan': 'Worum geht es in dem Plan?',
  },
  whichRecording: 'Welche Aufnahme?',
  whichOfRecordings: 'Mehrere Aufnahmen passen. Welche ist gemeint?',
  whichFolder: 'Welcher Ordner? Nenne seinen ganzen Pfad.',
  whichWatchedFolder: 'Welcher überwachte Ordner?',
  whatText: 'Was soll in dem Beitrag stehen? Du kannst auch einen Entwurf nennen.',
  whichPost: 'Welcher Beitrag?',
  noPostToChange: 'Welcher Beitrag? Im Moment gibt es keinen, der sich ändern ließe.',
  whichAccount: 'Auf welchem Konto?',
  noAccountOn: (platform) => `Auf ${platform} hast du noch kein Konto.`,
  allAccounts: { label: 'Auf allen', wish: 'auf allen Konten' },
  when: 'Wann?',
  nextSlot: { label: 'Im nächsten freien Slot', wish: 'in den nächsten freien Slot' },
  now: { label: 'Jetzt', wish: 'jetzt' },
  unclearTime: {
    several: 'Es sind mehrere Zeiten genannt. Welche ist gemeint?',
    twice: 'Da werden die Uhren zurückgestellt, also kommt diese Zeit zweimal. Welche ist gemeint?',
    skipped: 'Da werden die Uhren vorgestellt, also gibt es diese Zeit nicht. Wann soll es sein?',
    'which-day': 'Welcher Tag ist gemeint?',
    'part-of-day': 'Am Vormittag oder am Nachmittag?',
  },
  noHour: (day) => `Um wie viel Uhr am ${day}?`,
  hasPassed: (moment) => `${moment} ist schon vorbei. Wann soll es sein?`,

  ideas: (count) => (count === 1 ? 'Hier ist eine Idee.' : `Hier sind ${count} Ideen.`),
  captions: (learnedFromCount) =>
    `Hier sind die Texte, passend zu jeder Plattform.${learnedFromCount === 0 ? '' : ` Ihr Ton ist der von ${learnedFromCount} deiner Beiträge.`}`,
  plan: (postCount) =>
    `Ein Plan mit ${postCount} ${postCount === 1 ? 'Beitrag' : 'Beiträgen'}. Nichts davon ist zugesagt.`,
  endedEarly: 'Meine Zeit war um, bevor das Modell mehr geschrieben hatte. Frag noch einmal nach dem Rest.',
  found: (count) => (count === 1 ? 'Es gibt einen Treffer.' : `Es gibt ${count} Treffer.`),
  recordings: (count) =>
    count === 0
      ? 'Keine Aufnahme passt.'
      : count === 1
        ? 'Eine Aufnahme passt.'
        : `${count} Aufnahmen passen.`,
  lookedThroughLibrary: (count) =>
    `Hier ist keine Aufnahme angehängt, also habe ich in der Bibliothek gesucht: ${count === 1 ? 'eine spricht davon' : `${count} sprechen davon`}. Nenne eine oder hänge sie an, um nach dem Gesagten zu fragen.`,
  usingRecording: (title) => `Dafür lese ich „${title}“, weil du sie genannt hast.`,
  emptyLookUp: {
    posts: 'Solche Beiträge gibt es nicht.',
    accounts: 'Es ist noch kein Konto verbunden. Verbinde eines unter Settings, Accounts.',
    schedule: 'Da ist nichts geplant.',
  },
  recordingLength: (minutes) => `Sie dauert etwa ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}.`,
  nothingRunning: 'Gerade läuft nichts.',
};
