import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import type { Notice } from '../../src-shared/domain/activity.ts';
import { openTarget } from './navigation.ts';
import { newProblems } from './new-problems.ts';

/** Something to do, of which nothing has gone wrong. */
function isCalm({ kind }: Notice): boolean {
  return kind === 'post-to-mark' || kind === 'posts-late';
}

/** Tells of problems at once while the window is open; good news waits behind the bell. */
export function useNoticeToasts(notices: readonly Notice[] | undefined): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (notices === undefined) return;
    for (const notice of newProblems(notices, known.current)) {
      const tell = isCalm(notice) ? toast.warning : toast.error;
      tell(notice.title, {
        id: notice.noticeId,
        description: notice.body,
        duration: 12_000,
        action: { label: 'Open', onClick: () => openTarget(notice.target) },
      });
    }
    known.current = new Set(notices.map(({ noticeId }) => noticeId));
  }, [notices]);
}
