import type { TurnOutcome } from '../chat/answer-turn.ts';
import type { TurnContext } from './agent-types.ts';
import { askPerson } from './ask-person.ts';
import { findRecordings } from './find-recordings.ts';
import { originOf } from './reasons.ts';
import { failAsToldBy } from './think-step.ts';
import { isSameTitle, isWhollyNamed, mostNamed, type Names } from './understand/names.ts';
import { separateMaterial, withoutMarks } from './understand/separate-material.ts';
import type { Understanding } from './understand/understand.ts';

/**
 * Where no command is asked for: words, from the recordings at hand. One that is named comes along, and the answer says
 * so. A question about what was said, with nothing at hand, is looked for in the library.
 */
export async function answerInWords(
  wish: string,
  { isQuestion, isAboutContent }: Pick<Understanding, 'isQuestion' | 'isAboutContent'>,
  context: TurnContext,
): Promise<TurnOutcome> {
  const { assetIds, names, options, phrases, turn } = context;
  const text = withQuotedTitles(wish, names.assets);
  const named = isQuestion
    ? mostNamed(text, names.assets).filter(({ title }) => assetIds.length === 0 || isWhollyNamed(text, title))
    : [];
  const isAtHand = named.some(({ assetId }) => assetIds.includes(assetId));
  if (!isAtHand && named.length > 1) {
    askPerson(context, {
      command: 'attach-assets',
      question: phrases.whichOfRecordings,
      choices: named.map(({ title }) => ({ label: title, wish: `${wish} (${title})` })),
      pending: null,
    });
    return { note: null };
  }
  const [recording] = named;
  if (!isAtHand && recording !== undefined) {
    const attached = await options.execute('attach-assets', {
      conversationId: turn.conversationId,
      assetIds: [recording.assetId],
    });
    if (attached.ok) context.say(`${phrases.usingRecording(recording.title)}\n\n`);
    else failAsToldBy('attach-assets', attached.error, context);
    return options.talk(turn);
  }
  if (assetIds.length > 0 || !isAboutContent) return options.talk(turn);
  const assets = await findRecordings(text, context);
  if (assets.length === 0) return options.talk(turn);
  context.say(phrases.lookedThroughLibrary(assets.length));
  context.show({
    type: 'assets',
    ...originOf('search-library', 'think', context),
    totalCount: assets.length,
    assets,
  });
  return { note: null };
}

/** The person's own words. Of what is quoted, only the whole title of a recording is a name; the rest is material. */
function withQuotedTitles(wish: string, assets: Names['assets']): string {
  const { words, material } = separateMaterial(wish);
  const titles = material.filter((quoted) => assets.some(({ title }) => isSameTitle(quoted, title)));
  return [withoutMarks(words), ...titles].join(' ');
}
