import { ideaSchema, type Idea } from '../../src-shared/domain/idea.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import { askList } from './ask-list.ts';
import { endWell, type HalfItem } from './half-item.ts';
import { describeRecording, inTags, materialRule } from './material.ts';

const budgetMs = 60_000;
const tokensPerIdea = 190;

/** As the model is asked: short enough for small models to end, and within what an idea may be. */
const askedIdea = ideaSchema.extend({
  title: ideaSchema.shape.title.max(80),
  hook: ideaSchema.shape.hook.max(140),
  outline: ideaSchema.shape.outline.max(260),
});

export const generateIdeas: QueryHandler<'generate-ideas'> = {
  async answer({ productContext, count, assetId, callId }, services) {
    const recording = assetId === undefined ? undefined : describeRecording(assetId, services);
    const { items, model, endedEarly } = await askList(services, {
      task: 'ideas',
      itemName: 'Idea',
      item: askedIdea,
      finish: finishIdea,
      count,
      tokensPerItem: tokensPerIdea,
      budgetMs,
      callId,
      messages: [
        {
          role: 'system',
          content: `You have ideas for what a creator could make. ${materialRule} Write in the language of the description. Answer with JSON only.`,
        },
        {
          role: 'user',
          content: [
            'What the creator offers:',
            inTags('description', productContext),
            ...(recording === undefined
              ? []
              : ['Make something of this recording:', inTags('recording', recording)]),
            `Give ${count} different ideas as "items", each with "title" (at most 10 words), "hook" (the first sentence), "outline" (1 to 3 sentences) and "format".`,
          ].join('\n'),
        },
      ],
    });
    return { ideas: items, model, endedEarly };
  },
};

/** Title and hook are an idea already; what is known of the rest is kept. */
function finishIdea({ whole, open }: HalfItem): Idea | undefined {
  const { title, hook, outline } = whole;
  const begun = outline ?? (open?.name === 'outline' ? endWell(open.text) : undefined);
  if (title === undefined || hook === undefined || begun === undefined) return undefined;
  return { title, hook, outline: begun, format: 'text' };
}
