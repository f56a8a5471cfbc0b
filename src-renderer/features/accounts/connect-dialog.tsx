import { BlueskyForm } from '../../../src-connectors/bluesky/renderer/bluesky-form.tsx';
import { FeedForm } from '../../../src-connectors/feed/renderer/feed-form.tsx';
import { ManualForm } from '../../../src-connectors/manual/renderer/manual-form.tsx';
import { MastodonForm } from '../../../src-connectors/mastodon/renderer/mastodon-form.tsx';
import type { Platform } from '../../../src-shared/domain/account.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { VaultGate } from './vault-gate.tsx';

interface ConnectDialogProps {
  /** Null while it is closed. */
  platform: Platform | null;
  onClose: () => void;
}

const titles: Record<Platform, { title: string; description: string }> = {
  bluesky: {
    title: 'Connect Bluesky',
    description: 'With an app password: make one in Bluesky under Settings, Privacy and security.',
  },
  mastodon: {
    title: 'Connect Mastodon',
    description: 'Your server shows a page on which you let Longhand in.',
  },
  feed: {
    title: 'Make a feed',
    description: 'Posts and recordings become an RSS and a JSON feed in a folder that you put on the web.',
  },
  manual: {
    title: 'Post by hand',
    description: 'At the due time you are told, with caption and file at hand; then you say that it is done.',
  },
};

/** Connects an account; each platform has a form of its own. */
export function ConnectDialog({ platform, onClose }: ConnectDialogProps) {
  return (
    <Dialog
      isOpen={platform !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      {...titles[platform ?? 'bluesky']}
    >
      {platform === 'bluesky' ? (
        <VaultGate>
          <BlueskyForm onDone={onClose} />
        </VaultGate>
      ) : null}
      {platform === 'mastodon' ? (
        <VaultGate>
          <MastodonForm onDone={onClose} />
        </VaultGate>
      ) : null}
      {platform === 'feed' ? <FeedForm onDone={onClose} /> : null}
      {platform === 'manual' ? <ManualForm onDone={onClose} /> : null}
    </Dialog>
  );
}
