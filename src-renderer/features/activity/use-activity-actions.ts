import { toast } from 'sonner';
import type { ActivityItem } from '../../../src-shared/domain/activity.ts';
import { useCommand } from '../../app/command-data.ts';

type Action = ActivityItem['actions'][number];

/** Sends what was asked of an activity to the command that its kind has for it. */
export function useActivityActions(): (item: ActivityItem, action: Action) => void {
  const told = { onSuccess: ({ message }: { message: string }) => toast(message) };
  const retryIngest = useCommand('retryIngest', told);
  const cancelIngest = useCommand('cancelIngest', told);
  const describeAsset = useCommand('describeAsset', told);
  const pullModel = useCommand('pullSpeechModel', told);
  const stopPull = useCommand('stopSpeechModelPull', told);
  const pullChatModel = useCommand('pullChatModel', told);
  const stopChatPull = useCommand('stopChatModelPull', told);
  const pauseFolder = useCommand('pauseWatchFolder', told);
  const resumeFolder = useCommand('resumeWatchFolder', told);
  const removeFolder = useCommand('removeWatchFolder', told);
  const cancelRendering = useCommand('cancelRendering', told);
  const retryRendering = useCommand('retryRendering', told);

  return ({ kind, entityId, activityId }, action) => {
    const isStopping = action === 'cancel' || action === 'pause';
    switch (kind) {
      case 'ingest':
        (isStopping ? cancelIngest : retryIngest).mutate({ assetId: entityId });
        break;
      case 'describe':
        (isStopping ? cancelIngest : describeAsset).mutate({ assetId: entityId });
        break;
      case 'model-pull':
        (isStopping ? stopPull : pullModel).mutate({ modelId: entityId });
        break;
      case 'chat-model-pull':
        (isStopping ? stopChatPull : pullChatModel).mutate({ name: entityId });
        break;
      case 'watch-folder': {
        const folder = action === 'cancel' ? removeFolder : action === 'pause' ? pauseFolder : resumeFolder;
        folder.mutate({ folderId: entityId });
        break;
      }
      case 'render':
        (isStopping ? cancelRendering : retryRendering).mutate({ renderingId: activityId });
        break;
      case 'post':
        // It has no actions in this list: the page of the post offers its remedies.
        break;
    }
  };
}
