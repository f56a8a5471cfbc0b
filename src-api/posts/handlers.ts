import type { Handlers } from '../commands/handler-types.ts';
import { wrongState } from '../commands/wrong-state.ts';
import { postCommands } from '../../src-shared/contract/post-commands.ts';

type PostHandlers = Pick<Handlers, keyof typeof postCommands>;

function refuse(): never {
  throw wrongState('Publishing is being built in. Nothing was changed. Use the next version.', {});
}

const think = { answer: refuse };
const durable = { record: refuse };

/** Who answers which command about posts. */
export const postHandlers: PostHandlers = {
  'save-draft': think,
  'delete-draft': think,
  'read-post': think,
  'list-posts': think,
  'check-post': think,
  'find-next-slot': think,
  'list-queue-slots': think,
  'set-queue-slots': think,
  'list-late-posts': think,
  'schedule-post': durable,
  'publish-now': durable,
  'reschedule-post': durable,
  'edit-post': durable,
  'cancel-post': durable,
  'retry-target': durable,
  'resolve-target': durable,
  'decide-late-post': durable,
  'mark-posted': durable,
};
