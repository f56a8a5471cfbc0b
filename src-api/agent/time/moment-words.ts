import type { WishLanguage } from '../words/language.ts';

interface MomentWords {
  kind: 'now' | 'next-slot';
  rest: string;
}

const now: Record<WishLanguage, RegExp> = {
  en: /\b(?:right now|right away|straight away|immediately|at once|now|asap)\b/iu,
  de: /(?<!\p{L})(?:jetzt sofort|jetzt gleich|sofort|jetzt|umgehend)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:ahora mismo|ahora|inmediatamente|ya mismo|enseguida)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:tout de suite|maintenant|immédiatement|immediatement|dès maintenant)(?!\p{L})/iu,
};

const nextSlot: Record<WishLanguage, RegExp> = {
  en: /\b(?:in(?:to)? |at |for )?(?:the |my )?(?:next|first) (?:free |open |available |queue )*slot\b|\b(?:to|in(?:to)?) (?:the|my) queue\b/iu,
  de: /(?<!\p{L})(?:in |für |auf )?(?:den |das |im |in den )?(?:nächste[nrs]?|naechste[nrs]?) (?:freie[nrs]? )?(?:slot|platz|zeitfenster|termin)(?!\p{L})|in die warteschlange/iu,
  es: /(?<!\p{L})(?:en |para )?(?:el )?(?:próximo|proximo|siguiente|primer) (?:hueco|turno|espacio)(?: libre)?|en la cola(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:dans |pour |au )?(?:le )?(?:prochain|premier) créneau(?: libre)?|dans la file(?!\p{L})/iu,
};

/** "now" and "the next free slot" are moments without a date. */
export function wordsOfMoment(text: string, language: WishLanguage): MomentWords | undefined {
  const slot = nextSlot[language].exec(text);
  if (slot !== null) return { kind: 'next-slot', rest: cut(text, slot) };
  const moment = now[language].exec(text);
  return moment === null ? undefined : { kind: 'now', rest: cut(text, moment) };
}

function cut(text: string, { index, 0: found }: RegExpExecArray): string {
  return `${text.slice(0, index)} ${text.slice(index + found.length)}`;
}
