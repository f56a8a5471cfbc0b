import type { Phrases } from './phrase-types.ts';

const steersLoop = 'Dirige un bucle que funciona solo, así que pasa por el mismo camino comprobado.';

export const spanish: Phrases = {
  momentFormat: "cccc d 'de' LLLL, HH:mm",
  dayFormat: "cccc d 'de' LLLL",

  reasonOfMode: {
    think: 'Pensar no cambia nada fuera de esta conversación, así que se responde en el acto.',
    commit:
      'Cambia algo fuera de esta conversación, así que queda registrado, se ejecuta como flujo de trabajo y espera tu aprobación.',
    loop: 'Sigue solo después de esta conversación, así que es un bucle que sobrevive a los reinicios y espera tu aprobación.',
  },
  reasonOf: {
    'schedule-post':
      'Publicar es un compromiso con el mundo que debe sobrevivir a un reinicio, así que se ejecuta como flujo de trabajo y espera tu aprobación.',
    'schedule-plan':
      'Cada publicación del plan es un compromiso propio, así que cada una se ejecuta como flujo de trabajo; una aprobación tuya vale para todas.',
    'reschedule-post':
      'Cambia un compromiso que ya está en marcha, así que el cambio pasa por el mismo flujo de trabajo.',
    'cancel-post': 'Termina un compromiso que ya está en marcha, así que pasa por el mismo flujo de trabajo.',
    'delete-published-post':
      'Retira para siempre lo que otros ya han visto, así que pasa por un flujo de trabajo y espera tu aprobación.',
    'describe-asset':
      'Tarda minutos y debe sobrevivir a un reinicio, así que se ejecuta como flujo de trabajo.',
    'watch-folder':
      'Sigue día tras día hasta que lo pares, así que es un bucle que sobrevive a cada reinicio.',
    'pause-watch-folder': steersLoop,
    'resume-watch-folder': steersLoop,
    'remove-watch-folder': 'Termina un bucle que funciona solo, así que pasa por el mismo camino comprobado.',
  },

  deeds: {
    'schedule-post': 'Programar la publicación',
    'schedule-plan': 'Programar el plan',
    'reschedule-post': 'Mover la publicación',
    'cancel-post': 'Cancelar la publicación',
    'delete-published-post': 'Eliminar la publicación publicada',
    'describe-asset': 'Describir de nuevo la grabación',
    'watch-folder': 'Vigilar la carpeta',
    'pause-watch-folder': 'Pausar la vigilancia de la carpeta',
    'resume-watch-folder': 'Reanudar la vigilancia de la carpeta',
    'remove-watch-folder': 'Dejar de vigilar la carpeta',
  },
  waitsForApproval: (deed, moment) =>
    moment === undefined ? `${deed}: espera tu aprobación.` : `${deed}, ${moment}: espera tu aprobación.`,
  scheduledFor: (moment) => `Programado para ${moment}.`,
  accepted: (deed) => `${deed}: aceptado.`,

  nothingDone: 'De acuerdo. No se ha hecho nada.',
  introduce: {
    error: (said) => `No ha sido posible. Longhand dice (en inglés): ${said}`,
    cause: (said) => `Esto consta en los registros (en inglés): ${said}`,
    numbers: (said) => `Estas son las cifras (en inglés): ${said}`,
  },
  noAccountYet: 'Todavía no hay ninguna cuenta conectada.',
  connectOne: 'No se ha cambiado nada. Conecta una en Settings, Accounts, y vuelve a pedirlo.',
  noPlanYet: 'Todavía no hay ningún plan en esta conversación. No se ha cambiado nada. Pide primero un plan.',
  planWithoutAccounts:
    'El plan no tiene cuentas. No se ha cambiado nada. Conecta una y pide otra vez el plan.',
  shownAlready: 'Eso ya está a la vista, así que paro aquí.',
  stoppedAfterSteps: (count) => `Me he parado después de ${count} pasos.`,
  cutShort: {
    steps: (count) =>
      `El asistente se ha parado después de ${count} pasos. Lo que se muestra está hecho; el resto no. Pídelo aparte.`,
    time: 'El asistente se ha parado porque tardaba demasiado. Lo que se muestra está hecho; el resto no. Pídelo aparte.',
  },

  notSure: 'No estoy seguro de lo que quieres. ¿Es algo de esto?',
  offers: {
    'generate-ideas': { label: 'Dame ideas', wish: 'Dame ideas' },
    'draft-caption': { label: 'Redacta un pie de foto', wish: 'Redacta un pie de foto' },
    'preview-plan': { label: 'Planifica mi semana', wish: 'Planifica mi semana' },
    'look-up': { label: '¿Qué hay programado?', wish: '¿Qué hay programado?' },
    'search-library': { label: 'Buscar en la biblioteca', wish: 'Busca en mis grabaciones' },
    'read-metadata': { label: 'Sobre una grabación', wish: 'Cuéntame de esta grabación' },
    'summarise-analytics': {
      label: '¿Cómo fueron mis publicaciones?',
      wish: '¿Cómo fueron mis publicaciones?',
    },
    'explain-what-happened': { label: '¿Qué pasó?', wish: '¿Qué pasó?' },
    'list-activity': { label: '¿Qué está en marcha?', wish: '¿Qué se está ejecutando ahora?' },
  },

  aboutWhat: {
    'generate-ideas': '¿Para qué son las ideas? Di en una frase qué ofreces y a quién.',
    'draft-caption': '¿De qué trata el texto?',
    'preview-plan': '¿De qué trata el plan?',
  },
  whichRecording: '¿Qué grabación?',
  whichOfRecordings: 'Hay varias grabaciones que encajan. ¿Cuál es?',
  whichFolder: '¿Qué carpeta? Da su ruta completa.',
  whichWatchedFolder: '¿Qué carpeta vigilada?',
  whatText: '¿Qué debe decir la publicación? También puedes nombrar un borrador.',
  whichPost: '¿Qué publicación?',
  noPostToChange: '¿Qué publicación? Ahora no hay ninguna que se pueda cambiar.',
  whichAccount: '¿En qué cuenta?',
  noAccountOn: (platform) => `Todavía no tienes una cuenta en ${platform}.`,
  allAccounts: { label: 'En todas', wish: 'en todas las cuentas' },
  when: '¿Cuándo?',
  nextSlot: { label: 'En el próximo hueco libre', wish: 'en el próximo hueco libre' },
  now: { label: 'Ahora', wish: 'ahora mismo' },
  unclearTime: {
    several: 'Hay más de una hora. ¿Cuál es?',
    twice: 'Entonces se atrasan los relojes y esta hora llega dos veces. ¿Cuál es?',
    skipped: 'Entonces se adelantan los relojes y esta hora no existe. ¿Cuándo debe ser?',
    'which-day': '¿Qué día es?',
    'part-of-day': '¿Por la mañana o por la tarde?',
  },
  noHour: (day) => `¿A qué hora el ${day}?`,
  hasPassed: (moment) => `${moment} ya ha pasado. ¿Cuándo debe ser?`,

  ideas: (count) => (count === 1 ? 'Aquí tienes una idea.' : `Aquí tienes ${count} ideas.`),
  captions: (learnedFromCount) =>
    `Aquí tienes los textos, dentro de lo que admite cada plataforma.${learnedFromCount === 0 ? '' : ` Su tono es el de ${learnedFromCount} de tus publicaciones.`}`,
  plan: (postCount) =>
    `Un plan de ${postCount} ${postCount === 1 ? 'publicación' : 'publicaciones'}. Nada de él está comprometido.`,
  endedEarly: 'Se me acabó el tiempo antes de que el modelo escribiera más. Pide el resto otra vez.',
  found: (count) => (count === 1 ? 'Hay un resultado.' : `Hay ${count} resultados.`),
  recordings: (count) =>
    count === 0
      ? 'Ninguna grabación encaja.'
      : count === 1
        ? 'Una grabación encaja.'
        : `${count} grabaciones encajan.`,
  lookedThroughLibrary: (count) =>
    `Aquí no hay ninguna grabación adjunta, así que he buscado en la biblioteca: ${count === 1 ? 'una habla de esto' : `${count} hablan de esto`}. Nombra una, o adjúntala, para preguntar por lo que se dijo.`,
  usingRecording: (title) => `Para esto leo «${title}», porque la has nombrado.`,
  emptyLookUp: {
    posts: 'No hay publicaciones así.',
    accounts: 'Todavía no hay ninguna cuenta conectada. Conecta una en Settings, Accounts.',
    schedule: 'No hay nada programado entonces.',
  },
  recordingLength: (minutes) => `Dura unos ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'}.`,
  nothingRunning: 'Ahora no hay nada en marcha.',
};
