/** Words that say nothing of what a question is about, in the languages that most people write to this app in. */
const emptyWords = new Set(
  (
    'a about all am an and any are as at be been but by can could did do does for from had has have he her him his how i if in into is it its just me my no not of on or our out say said says she should so some tell than that the their them then there these they this those to up us was we were what when where which who why will with would you your ' +
    'aber als am an auch auf aus bei bin bis da das dass dem den der des die doch du ein eine einem einen einer er es für hat hatte ich ihr im in ist ja kann man mich mir mit nach nicht noch nur ob oder sagt sagte sein sich sie sind so über um und uns von vor war was wenn wer wie wir wird wo zu zum zur ' +
    'au aux avec ce ces cette dans de des dit du elle en est et il ils je la le les leur mais me mon ne nous on ou où par pas pour qu que quel quelle qui sa se ses son sur ta te tu un une vous ' +
    'al como con cual cuando de del donde el ella en es esta este ha hay la las lo los más me mi muy no nos o para pero por porque qué que se si sin sobre son su sus te un una y ya yo'
  ).split(' '),
);
const mostTerms = 16;
/** Shorter words are looked for as they are; of longer ones the ending may differ. */
const shortestStem = 5;

export interface QuestionTerm {
  word: string;
  /** Whether words that begin with it count too. */
  isStem: boolean;
}

/**
 * What a question is about, as words to look for: without the empty ones, and without endings, so that "budgets" finds
 * "budget" and "mieteten" finds "mieten". Any of them may match: the ranking does the rest.
 */
export function toQuestionTerms(text: string): QuestionTerm[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = [...new Set(words)].filter((word) => word.length > 1 && !emptyWords.has(word));
  return wanted.slice(0, mostTerms).map((word) => {
    if (word.length < shortestStem || /\p{N}/u.test(word)) return { word, isStem: false };
    return { word: word.slice(0, Math.max(shortestStem - 1, word.length - 2)), isStem: true };
  });
}
