import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { bridge } from '../../../src-renderer/app/bridge.ts';
import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { AccountForm, tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { Button } from '../../../src-renderer/ui/button.tsx';
import { TextInput } from '../../../src-renderer/ui/field.tsx';
import { Labelled } from '../../../src-renderer/ui/labelled.tsx';
import { type Account } from '../../../src-shared/domain/account.ts';
import { feedDetailsSchema, type FeedDetails } from '../shared/feed.ts';

const empty: FeedDetails = {
  title: '',
  description: '',
  author: '',
  ownerEmail: null,
  language: bridge.info.systemLanguage.split('-')[0] ?? 'en',
  category: 'Arts',
  isExplicit: false,
  baseUrl: '',
};

interface FeedFormProps {
  /** Given to change a feed that is there. */
  account?: Account;
  onDone: () => void;
}

export function FeedForm({ account, onDone }: FeedFormProps) {
  const settings = account?.settings.platform === 'feed' ? account.settings : undefined;
  const [folder, setFolder] = useState(settings?.folder ?? '');
  const [details, setDetails] = useState<FeedDetails>(settings?.details ?? empty);
  const change = (part: Partial<FeedDetails>) => setDetails((now) => ({ ...now, ...part }));
  const connect = useCommand('connectFeedAccount', tellAndLeave(onDone));
  const update = useCommand('updateAccount', tellAndLeave(onDone, 'is changed'));
  const isComplete = folder !== '' && feedDetailsSchema.safeParse(details).success;
  const choose = async () => {
    const [path] = await bridge.choosePaths('folder-of-feed');
    if (path !== undefined) setFolder(path);
  };
  return (
    <AccountForm
      onSubmit={() => {
        if (!isComplete) return;
        if (account === undefined) connect.mutate({ folder, details });
        else update.mutate({ accountId: account.accountId, settings: { platform: 'feed', folder, details } });
      }}
      error={connect.error ?? update.error}
      action={account === undefined ? 'Make the feed' : 'Save'}
      isDisabled={!isComplete}
      isBusy={connect.isPending || update.isPending}
    >
      <Labelled label="Title">
        <TextInput
          autoFocus
          value={details.title}
          maxLength={255}
          onChange={({ target }) => change({ title: target.value })}
        />
      </Labelled>
      <Labelled label="What it is about">
        <TextInput
          value={details.description}
          maxLength={4000}
          onChange={({ target }) => change({ description: target.value })}
        />
      </Labelled>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label="Author">
          <TextInput
            value={details.author}
            maxLength={255}
            onChange={({ target }) => change({ author: target.value })}
          />
        </Labelled>
        <Labelled label="Email address" hint="For podcast directories; optional.">
          <TextInput
            type="email"
            value={details.ownerEmail ?? ''}
            onChange={({ target }) =>
              change({ ownerEmail: target.value.trim() === '' ? null : target.value.trim() })
            }
          />
        </Labelled>
        <Labelled label="Language" hint="For instance en or pt-BR.">
          <TextInput
            value={details.language}
            onChange={({ target }) => change({ language: target.value.trim() })}
          />
        </Labelled>
        <Labelled label="Category">
          <TextInput
            value={details.category}
            maxLength={100}
            onChange={({ target }) => change({ category: target.value })}
          />
        </Labelled>
      </div>
      <Labelled label="Web address" hint="Where the folder will be found once you have put it there.">
        <TextInput
          placeholder="https://example.org/podcast/"
          spellCheck={false}
          value={details.baseUrl}
          onChange={({ target }) => change({ baseUrl: target.value.trim() })}
        />
      </Labelled>
      <div>
        <p className="mb-1.5 text-xs font-medium text-ink-soft">Folder</p>
        <div className="flex items-center gap-2">
          <span className="selectable min-w-0 flex-1 truncate font-mono text-xs text-ink-soft" title={folder}>
            {folder === '' ? 'None yet' : folder}
          </span>
          <Button onClick={() => void choose()}>
            <FolderOpen /> Choose…
          </Button>
        </div>
        <p className="mt-1.5 text-xs text-ink-soft">
          A square picture named cover.jpg or cover.png in it becomes the cover.
          {settings === undefined || settings.folder === folder
            ? null
            : ' The episodes so far stay in the former folder: move them over to keep them in the feed.'}
        </p>
      </div>
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={details.isExplicit}
          onChange={({ target }) => change({ isExplicit: target.checked })}
        />
        Contains explicit content
      </label>
    </AccountForm>
  );
}
