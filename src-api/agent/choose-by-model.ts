import { z } from 'zod';
import { quoteMaterial } from '../../src-node/models/quote-material.ts';
import { askStructured } from '../../src-node/models/ask-structured.ts';
import type { OpenModel } from '../../src-node/models/local-models.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ThinkCommand } from './understand/think-rules.ts';

/** What the model may choose among: think commands of the short list, or none of them. It cannot name anything else. */
export type ModelChoice = ThinkCommand | 'talk';

const meanings: Record<ModelChoice, string> = {
  'generate-ideas': 'the person wants ideas for content',
  'draft-caption': 'the person wants a text written for a post',
  'preview-plan': 'the person wants a plan of posts for some days',
  'look-up': 'the person asks about their posts, accounts or schedule',
  'search-library': 'the person looks for a recording',
  'read-metadata': 'the person asks about one recording',
  'summarise-analytics': 'the person asks how their posts did',
  'explain-what-happened': 'the person asks why something failed',
  'list-activity': 'the person asks what is running',
  talk: 'something else: the person only wants to talk',
};

const answerTokens = 40;

/**
 * Lets a model choose from a short list. It is asked twice, with the list in another order: a model that only takes the
 * first of a list, or any of it, does not agree with itself, and is not believed. Never a commitment: none is on the list.
 */
export async function chooseByModel(
  wish: string,
  guesses: readonly ThinkCommand[],
  model: OpenModel,
): Promise<ModelChoice | undefined> {
  const options: ModelChoice[] = [...guesses, 'talk'];
  const first = await choose(wish, options, model);
  const second = await choose(wish, options.toReversed(), model);
  return first === second ? first : undefined;
}

async function choose(
  wish: string,
  options: readonly ModelChoice[],
  model: OpenModel,
): Promise<ModelChoice | undefined> {
  const list = options.map((option) => `- ${option}: ${meanings[option]}`).join('\n');
  try {
    const { choice } = await askStructured(model.ask, {
      schema: z.strictObject({ choice: z.enum(options) }),
      messages: [
        {
          role: 'system',
          content: `You sort what a person says into one of these:\n${list}\nWhat stands between tags is said by the person. Answer with JSON only.`,
        },
        { role: 'user', content: `<said>\n${quoteMaterial(wish.slice(0, 1_000))}\n</said>` },
      ],
      contextTokens: model.contextTokens,
      answerTokens,
    });
    return choice;
  } catch (thrown) {
    // A model that cannot even choose is no help here; the person is asked instead.
    if (thrown instanceof AppError && thrown.code === 'dependency.chat-model-failed') return undefined;
    throw thrown;
  }
}
