import { z } from 'zod';
import type { CaptionAlternative, CaptionSet } from '../../src-shared/domain/caption.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { fitsText, shortenText } from '../../src-shared/domain/fit-text.ts';
import { countText } from '../../src-shared/domain/platforms/count-as-platform.ts';
import { limitsByName } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { PlatformLimits } from '../../src-shared/domain/platforms/platform-limits.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { askList } from './ask-list.ts';
import { endWell, type HalfItem } from './half-item.ts';
import { describeRecording, inTags, materialRule } from './material.ts';
import { describeTone } from './tone.ts';

/** For all platforms together. */
const budgetMs = 60_000;
const tokensPerCaption = 170;
/** Longer captions than this are articles, whatever a platform takes. */
const longestAsked = 420;
const learnFromCount = 20;

export const draftCaption: QueryHandler<'draft-caption'> = {
  async answer(input, services) {
    const { about, assetId, alternatives, tone, callId } = input;
    const platforms = [...new Set(input.platforms.map((name) => name.trim().toLowerCase()))];
    const limits = new Map(platforms.map((platform) => [platform, limitsOf(platform, services)]));
    const approved = services.postLookUp.listApprovedTexts(platforms, learnFromCount);
    const learned = describeTone(approved);
    const subject = [
      ...(about === undefined ? [] : ['Write about this:', inTags('subject', about)]),
      ...(assetId === undefined
        ? []
        : ['Announce this recording:', inTags('recording', describeRecording(assetId, services))]),
      ...(learned === undefined ? [] : [learned]),
      ...(tone === undefined ? [] : [`The tone to use: ${inTags('tone', tone)}`]),
    ].join('\n');

    const captions: CaptionSet[] = [];
    let usedModel = '';
    let endedEarly = false;
    for (const [platform, limit] of limits) {
      const asked = Math.min(limit.maxLength, longestAsked);
      const answer = await keepEarlier(captions.length > 0, () =>
        askList(services, {
          task: 'ideas',
          itemName: `Caption for ${platform},`,
          item: z.strictObject({ text: z.string().trim().min(1).max(asked) }),
          finish: finishCaption,
          count: alternatives,
          tokensPerItem: tokensPerCaption,
          budgetMs: budgetMs / limits.size,
          callId,
          messages: [
            {
              role: 'system',
              content: `You write captions for a creator's posts. ${materialRule} Add no facts, names or links of your own. Write in the language of the subject. Answer with JSON only.`,
            },
            {
              role: 'user',
              content: `${subject}\nGive ${alternatives} different captions for ${platform} as "items", each with "text" of at most ${Math.floor(asked * 0.9)} characters.`,
            },
          ],
        }),
      );
      endedEarly ||= answer?.endedEarly ?? true;
      if (answer === undefined) break;
      usedModel = answer.model;
      captions.push({
        platform,
        alternatives: distinct(answer.items.map(({ text }) => measure(text, limit))),
      });
    }
    return { captions, model: usedModel, learnedFromCount: approved.length, endedEarly };
  },
};

/** Captions for one platform are not lost because the time was up at the next. */
async function keepEarlier<Answer>(
  hasEarlier: boolean,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (hasEarlier && thrown instanceof AppError && thrown.code === 'dependency.model-too-slow')
      return undefined;
    throw thrown;
  }
}

function finishCaption({ open }: HalfItem): { text: string } | undefined {
  const text = open?.name === 'text' ? endWell(open.text) : undefined;
  return text === undefined ? undefined : { text };
}

/** The limits of the account, where the creator has one there: a server may take more or less than others. */
function limitsOf(platform: string, { accounts }: Pick<CommandServices, 'accounts'>): PlatformLimits['text'] {
  const account = accounts.list().find((each) => each.platform === platform);
  const limits = account?.limits ?? limitsByName(platform);
  if (limits !== undefined) return limits.text;
  throw new AppError({
    code: 'input.not-found',
    userMessage: `There is no platform called ${platform}. Nothing was changed. Choose one of your accounts.`,
    retry: 'never',
    details: { platform },
  });
}

function measure(written: string, limits: PlatformLimits['text']): CaptionAlternative {
  const whole = written.trim();
  const wasShortened = !fitsText(whole, limits);
  const text = wasShortened ? shortenText(whole, limits) : whole;
  return { text, length: countText(text, limits), limit: limits.maxLength, wasShortened };
}

/** Small models repeat themselves: the same caption is offered once. */
function distinct(captions: CaptionAlternative[]): CaptionAlternative[] {
  return [...new Map(captions.map((caption) => [caption.text.toLowerCase(), caption])).values()];
}
