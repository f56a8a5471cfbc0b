import type { PostTarget } from '../../../src-shared/domain/post.ts';
import { isEditable } from '../../../src-shared/domain/target-state.ts';

/** Whether a post that has left the composer can still be changed, or taken back, for any of its accounts. */
export function canChange({ targets }: { targets: readonly Pick<PostTarget, 'state'>[] }): boolean {
  return targets.some(({ state }) => isEditable(state) && state !== 'draft' && state !== 'publishing');
}
