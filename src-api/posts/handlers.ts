import type { deletionCommands } from '../../src-shared/contract/deletion-commands.ts';
import type { postCommands } from '../../src-shared/contract/post-commands.ts';
import type { publishingCommands } from '../../src-shared/contract/publishing-commands.ts';
import type { renderingCommands } from '../../src-shared/contract/rendering-commands.ts';
import type { Handlers } from '../commands/handler-types.ts';
import {
  cancelPost,
  decideLatePost,
  editPost,
  markPosted,
  resolveTarget,
  retryTarget,
} from './change-posts.ts';
import { checkPost } from './check-posts.ts';
import { deletePublishedPost, resolveDeletion } from './delete-published.ts';
import { deleteDraft, saveDraft } from './drafts.ts';
import {
  findNextSlotOf,
  listLatePosts,
  listPosts,
  listQueueSlots,
  readPost,
  setQueueSlots,
} from './read-posts.ts';
import { schedulePlan } from './schedule-plan.ts';
import { cancelRendering, listRenderings, renderVariant, retryRendering } from './render-variant.ts';
import { takeUpStoppedPosts } from './take-up-posts.ts';
import { publishNow, reschedulePost, schedulePost } from './schedule-posts.ts';

/** Who answers which command about posts. */
export const postHandlers: Pick<
  Handlers,
  | keyof typeof postCommands
  | keyof typeof publishingCommands
  | keyof typeof deletionCommands
  | keyof typeof renderingCommands
> = {
  'save-draft': saveDraft,
  'delete-draft': deleteDraft,
  'read-post': readPost,
  'list-posts': listPosts,
  'check-post': checkPost,
  'find-next-slot': findNextSlotOf,
  'list-queue-slots': listQueueSlots,
  'set-queue-slots': setQueueSlots,
  'list-late-posts': listLatePosts,
  'schedule-post': schedulePost,
  'schedule-plan': schedulePlan,
  'publish-now': publishNow,
  'reschedule-post': reschedulePost,
  'edit-post': editPost,
  'cancel-post': cancelPost,
  'retry-target': retryTarget,
  'resolve-target': resolveTarget,
  'take-up-stopped-posts': takeUpStoppedPosts,
  'decide-late-post': decideLatePost,
  'mark-posted': markPosted,
  'delete-published-post': deletePublishedPost,
  'resolve-deletion': resolveDeletion,
  'list-renderings': listRenderings,
  'render-variant': renderVariant,
  'cancel-rendering': cancelRendering,
  'retry-rendering': retryRendering,
};
