import type { QueryHandler } from '../commands/handler-types.ts';
import { draftCaption } from './draft-caption.ts';
import { explainWhatHappened } from './explain/explain-what-happened.ts';
import { generateIdeas } from './generate-ideas.ts';
import { lookUp } from './look-up.ts';
import { previewPlan } from './preview-plan.ts';
import { readProposals } from './read-proposals.ts';
import { summariseAnalytics } from './summarise-analytics.ts';

const stopThinking: QueryHandler<'stop-thinking'> = {
  answer: ({ callId }, { thinkCalls }) => ({ stopped: thinkCalls.stop(callId) }),
};

/** Who answers the think commands. */
export const thinkHandlers = {
  'generate-ideas': generateIdeas,
  'draft-caption': draftCaption,
  'preview-plan': previewPlan,
  'stop-thinking': stopThinking,
  'look-up': lookUp,
  'summarise-analytics': summariseAnalytics,
  'explain-what-happened': explainWhatHappened,
  'read-proposals': readProposals,
};
