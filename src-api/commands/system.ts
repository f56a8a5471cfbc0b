import { statfs } from 'node:fs/promises';
import type { ChangeHandler, QueryHandler } from './handler-types.ts';

export const readStatus: QueryHandler<'read-status'> = {
  async answer(_input, { appVersion, dataFolder, processes, outbox, activity, logger }) {
    const freeDiskBytes = await statfs(dataFolder.root)
      .then((disk) => disk.bavail * disk.bsize)
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'the free space of the disk is not known');
        return null;
      });
    return {
      version: appVersion,
      dataFolder: dataFolder.root,
      processes: processes.read(),
      pendingStartCount: outbox.count(),
      workInHandCount: activity.countWorkInHand(),
      freeDiskBytes,
    };
  },
};

export const retryProcess: ChangeHandler<'retry-process'> = {
  prepare:
    ({ name }, { processes }) =>
    () => ({
      output: { requested: true },
      entityId: name,
      afterCommit: () => processes.retry(name),
    }),
};

export const listNotices: QueryHandler<'list-notices'> = {
  answer: (filter, { notices }) => ({ notices: notices.list(filter) }),
};

export const markNoticesRead: ChangeHandler<'mark-notices-read'> = {
  prepare:
    ({ noticeIds }, { notices }) =>
    () => ({ output: { markedCount: notices.markRead(noticeIds) }, entityId: null }),
};
