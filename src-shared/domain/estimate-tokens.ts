/** Characters that a token stands for: on the careful side, since a prompt that is too long is refused. */
const latinCharactersPerToken = 3;
const otherTokensPerCharacter = 1.2;

/** About how many tokens of a local model a text is, rather too many than too few. */
export function estimateTokens(text: string): number {
  let latin = 0;
  let other = 0;
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) < 0x250) latin += 1;
    else other += 1;
  }
  return Math.ceil(latin / latinCharactersPerToken + other * otherTokensPerCharacter);
}
