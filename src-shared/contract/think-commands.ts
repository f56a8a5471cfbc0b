import { z } from 'zod';
import { analyticsSchema } from '../domain/analytics.ts';
import { instantSchema } from '../domain/asset.ts';
import { captionSetSchema } from '../domain/caption.ts';
import { explanationSchema } from '../domain/explanation.ts';
import { ideaSchema } from '../domain/idea.ts';
import { lookUpLineSchema, lookUpSubjectSchema } from '../domain/look-up.ts';
import { planSchema } from '../domain/plan.ts';
import { liveProposalSchema } from '../domain/proposal.ts';
import { defineThinkCommand } from './define-command.ts';

/** Names the call in the `think-progress` events that come while it is answered. */
const callId = z.string().min(1).max(100).optional();
/** The time was up before all was written: what was complete by then is the answer. */
const endedEarly = z.boolean();
const toneSchema = z.string().trim().min(1).max(200);

export const thinkCommands = {
  'generate-ideas': defineThinkCommand({
    area: 'think',
    title: 'Generate ideas',
    description:
      'Ideas for content, written by the local model from a description of the product and, if given, from a recording.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      /** What is offered, to whom, in which voice. */
      productContext: z.string().trim().min(1).max(4000),
      count: z.int().min(1).max(12).default(5),
      assetId: z.uuid().optional(),
      callId,
    }),
    output: z.strictObject({ ideas: z.array(ideaSchema).min(1), model: z.string(), endedEarly }),
  }),
  'draft-caption': defineThinkCommand({
    area: 'think',
    title: 'Draft captions',
    description:
      'Captions for each platform within its limits, several alternatives, in the tone of what the creator approved before.',
    scope: 'think',
    changesState: false,
    input: z
      .strictObject({
        /** What the caption is about. May be left out where an asset is given. */
        about: z.string().trim().min(1).max(4000).optional(),
        assetId: z.uuid().optional(),
        platforms: z.array(z.string().min(1).max(40)).min(1).max(6),
        alternatives: z.int().min(1).max(5).default(3),
        tone: toneSchema.optional(),
        callId,
      })
      .refine(({ about, assetId }) => about !== undefined || assetId !== undefined, {
        error: 'Say what the caption is about, or name an asset',
      }),
    output: z.strictObject({
      captions: z.array(captionSetSchema).min(1),
      model: z.string(),
      /** From how many earlier posts the tone was learned. */
      learnedFromCount: z.int().nonnegative(),
      endedEarly,
    }),
  }),
  'preview-plan': defineThinkCommand({
    area: 'think',
    title: 'Preview a plan',
    description:
      'Lays out a week or a campaign on the calendar, with days, times and texts. Nothing is committed.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      kind: z.enum(['week', 'campaign']).default('week'),
      about: z.string().trim().min(1).max(4000),
      /** The first day, in the creator's zone; tomorrow where it is left out. */
      startsOn: z.iso.date().optional(),
      dayCount: z.int().min(1).max(60).optional(),
      postCount: z.int().min(1).max(30).optional(),
      accountIds: z.array(z.string().min(1)).max(20).optional(),
      zone: z.string().min(1).max(100).optional(),
      callId,
    }),
    output: z.strictObject({ plan: planSchema, model: z.string(), endedEarly }),
  }),
  'stop-thinking': defineThinkCommand({
    area: 'think',
    title: 'Stop a think command',
    description: 'Ends a call that is being answered by a model, named by the `callId` it was made with.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({ callId: z.string().min(1).max(100) }),
    output: z.strictObject({ stopped: z.boolean() }),
  }),
  'look-up': defineThinkCommand({
    area: 'think',
    title: 'Look up posts, accounts or the schedule',
    description: 'What is planned, published or connected, filtered by words, state, account and time.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      subject: lookUpSubjectSchema,
      text: z.string().max(500).optional(),
      states: z.array(z.string().min(1).max(40)).max(20).optional(),
      accountId: z.string().min(1).optional(),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      subject: lookUpSubjectSchema,
      totalCount: z.int().nonnegative(),
      lines: z.array(lookUpLineSchema),
    }),
  }),
  'summarise-analytics': defineThinkCommand({
    area: 'think',
    title: 'Summarise analytics',
    description: 'What was published in a period and what came of it, counted from the records kept here.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      accountId: z.string().min(1).optional(),
    }),
    output: analyticsSchema,
  }),
  'explain-what-happened': defineThinkCommand({
    area: 'think',
    title: 'Explain what happened',
    description:
      'Why a post, a recording or a part of the app is as it is: the true cause with a timeline, from receipts, audit and work history.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      /** The thing in question; left out, the one that fits the question, else the latest that went wrong. */
      entityId: z.string().min(1).max(200).optional(),
      question: z.string().max(1000).optional(),
    }),
    output: explanationSchema,
  }),
  'read-proposals': defineThinkCommand({
    area: 'think',
    title: 'Read proposals',
    description:
      'How the proposals of the assistant stand: waiting, let through, refused, and what came of them.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({ approvalIds: z.array(z.string().min(1)).min(1).max(100) }),
    output: z.strictObject({ proposals: z.array(liveProposalSchema) }),
  }),
};
