import type { QueryHandler } from '../commands/handler-types.ts';
import { wrongState } from '../commands/wrong-state.ts';

function notYet(): never {
  throw wrongState('This cannot be done yet. Nothing was changed.', {});
}

export const thinkHandlers: {
  'generate-ideas': QueryHandler<'generate-ideas'>;
  'draft-caption': QueryHandler<'draft-caption'>;
  'preview-plan': QueryHandler<'preview-plan'>;
  'look-up': QueryHandler<'look-up'>;
  'summarise-analytics': QueryHandler<'summarise-analytics'>;
  'explain-what-happened': QueryHandler<'explain-what-happened'>;
  'read-proposals': QueryHandler<'read-proposals'>;
} = {
  'generate-ideas': { answer: notYet },
  'draft-caption': { answer: notYet },
  'preview-plan': { answer: notYet },
  'look-up': { answer: notYet },
  'summarise-analytics': { answer: notYet },
  'explain-what-happened': { answer: notYet },
  'read-proposals': { answer: notYet },
};
