import { foldedWords } from './fold.ts';

export const wishLanguages = ['en', 'de', 'es', 'fr'] as const;
export type WishLanguage = (typeof wishLanguages)[number];

/** Small words that tell languages apart. */
const marks: Record<WishLanguage, ReadonlySet<string>> = {
  en: setOf(
    'the a an my me is are was were what why when how which who and or of to on for with about this that it please do did does have has i you can could would should not in at give show tell write draft post schedule publish find cancel delete move hello watch now',
  ),
  de: setOf(
    'der die das den dem ein eine einen mein meine meinen mir mich ist sind war was warum weshalb wieso wann wie welche wer und oder von zu auf fur mit uber dies bitte ich du kannst konntest nicht kein nichts im am um gib zeig zeige sag fass plane poste schreib schreibe losche morgen heute jetzt jeden fur',
  ),
  es: setOf(
    'el la los las un una mi mis me es son fue que por porque cuando como cual cuales quien y o de del en para con sobre esto eso se favor no ni puedes podrias dame muestra muestrame escribe publica programa cancela elimina borra mueve manana hoy ahora hola tengo esta todo',
  ),
  fr: setOf(
    'le la les l un une mon ma mes moi est sont etait que qu pourquoi quand comment quel quelle quels quelles qui et ou de du des en pour avec sur ceci cela se plait ne pas rien donne montre ecris publie programme annule supprime publication decale demain aujourd ce bonjour je tu peux',
  ),
};

/** Whether a word only holds a sentence together. */
export function isSmallWord(word: string, language: WishLanguage): boolean {
  return marks[language].has(word);
}

/** The language whose small words occur most; undefined where nothing tells. */
export function detectLanguage(text: string): WishLanguage | undefined {
  const words = foldedWords(text);
  const counts = wishLanguages.map((language) => ({
    language,
    count: words.filter((word) => marks[language].has(word)).length + spellingMarks(text, language),
  }));
  const best = counts.reduce((left, right) => (right.count > left.count ? right : left));
  return best.count === 0 ? undefined : best.language;
}

function spellingMarks(text: string, language: WishLanguage): number {
  switch (language) {
    case 'en':
      return 0;
    case 'de':
      return /[äöüß„]/iu.test(text) ? 1 : 0;
    case 'es':
      return /[ñ¿¡]/iu.test(text) ? 2 : 0;
    case 'fr':
      return /[çœêèà]|« /iu.test(text) ? 1 : 0;
  }
}

export function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
