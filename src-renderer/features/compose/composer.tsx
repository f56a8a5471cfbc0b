import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PostState } from '../../../src-shared/domain/post.ts';
import { commandQuery, callPatiently } from '../../app/command-data.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { AccountPicker } from '../accounts/account-picker.tsx';
import { BackToCalendar } from '../posts/back-to-calendar.tsx';
import { AccountTroubles, type NamedAccount } from './account-troubles.tsx';
import {
  contentFor,
  featuresOf,
  isEmpty,
  toDraftInput,
  withAccounts,
  withContent,
  withoutGone,
  withoutVariant,
  type Composition,
} from './composer-state.ts';
import { ContentEditor } from './content-editor.tsx';
import { PlatformPreview } from './platform-preview.tsx';
import { SendPanel } from './send-panel.tsx';
import type { SaveState } from './autosave.ts';
import { useAutosave } from './use-autosave.ts';
import { useChecks } from './use-checks.ts';
import { VariantBar } from './variant-bar.tsx';

interface ComposerProps {
  initial: Composition;
  postId: string | undefined;
  state: PostState;
  revision: number;
  /** How the accounts were called that the post was for when it was opened. */
  names?: readonly NamedAccount[];
  /** A new draft has got its id. */
  onSaved: (postId: string) => void;
}

/** The page on which a post is written: words on the left; how it will look, and when it goes out, on the right. */
export function Composer(props: ComposerProps) {
  const { initial, postId: initialId, state, names = [], onSaved } = props;
  const navigate = useNavigate();
  const [composition, setComposition] = useState(initial);
  const [postId, setPostId] = useState(initialId);
  // Of what was opened: where somebody else changes the post meanwhile, saving says so and does not undo it.
  const [revision] = useState(props.revision);
  const latestId = useRef(initialId);
  // Once it is handed over it is not a draft any more: no later save may make another one of it.
  const [isSending, setIsSending] = useState(false);
  /** False once the person or the answer leads away: a save that ends later does not bring them back. */
  const isStaying = useRef(true);
  useEffect(() => {
    isStaying.current = true;
    return () => {
      isStaying.current = false;
    };
  }, []);
  const [shownId, setShownId] = useState<string | null>(null);
  const { data } = useQuery(commandQuery('listAccounts', {}));
  const accounts = data?.accounts ?? [];
  const chosen = accounts.filter(({ accountId }) => composition.accountIds.includes(accountId));
  // Nothing can be said of accounts that are not there; of the others it is said all the same.
  const reachable = useMemo(
    () => (data === undefined ? composition : withoutGone(composition, data.accounts)),
    [composition, data],
  );
  const gone = composition.accountIds
    .filter((id) => !reachable.accountIds.includes(id))
    .map((id) => names.find(({ accountId }) => accountId === id) ?? { accountId: id, name: 'An account' });
  const shown = chosen.find(({ accountId }) => accountId === shownId) ?? null;
  const editedId =
    shown !== null && composition.variants[shown.accountId] !== undefined ? shown.accountId : null;
  const checks = useChecks(reachable, postId);
  const isDraft = state === 'draft';

  const { state: saveState, settle } = useAutosave(
    composition,
    async (wanted) => {
      if (latestId.current === undefined && isEmpty(wanted)) return;
      try {
        const saved = await callPatiently('saveDraft', toDraftInput(wanted, latestId.current));
        if (latestId.current === undefined) {
          latestId.current = saved.postId;
          setPostId(saved.postId);
          onSaved(saved.postId);
          if (isStaying.current)
            void navigate({ to: '/compose', search: { post: saved.postId }, replace: true });
        }
      } catch (thrown) {
        showError(toErrorDto(thrown));
        throw thrown;
      }
    },
    isDraft && !isSending,
  );
  const beforeSend = async () => {
    setIsSending(true);
    isStaying.current = false;
    await settle();
    return latestId.current;
  };
  const afterRefusal = () => {
    setIsSending(false);
    isStaying.current = true;
  };

  return (
    <div className="flex h-full flex-col">
      <header className="flex h-13 shrink-0 items-center gap-3 border-b border-line px-6">
        <BackToCalendar />
        <h1 className="font-semibold">
          {!isDraft ? 'Change the post' : initialId === undefined ? 'New post' : 'Draft'}
        </h1>
        <SaveStatus state={saveState} isDraft={isDraft} hasId={postId !== undefined} />
      </header>
      <TwoPanes
        label="The post"
        asideLabel="Preview and time"
        asideClassName="flex w-104 flex-col max-xl:w-88 max-lg:w-80"
        aside={
          <>
            <div className="flex-1 px-5 pt-5 pb-6">
              <PlatformPreview
                account={shown ?? chosen[0] ?? null}
                content={contentFor(composition, (shown ?? chosen[0])?.accountId ?? null)}
                when={composition.when}
              />
            </div>
            <SendPanel
              composition={composition}
              accounts={chosen}
              goneName={gone[0]?.name}
              checks={checks}
              isSending={isSending}
              beforeSend={beforeSend}
              afterRefusal={afterRefusal}
              state={state}
              revision={revision}
              onChange={setComposition}
            />
          </>
        }
      >
        <div className="mx-auto max-w-2xl px-8 pt-6 pb-24 max-md:pb-8">
          {data !== undefined && accounts.length === 0 ? (
            <NoAccounts />
          ) : (
            <AccountPicker
              accounts={accounts}
              chosenIds={composition.accountIds}
              onChange={(ids) => setComposition(withAccounts(composition, ids))}
            />
          )}
          <AccountTroubles
            gone={gone}
            refused={chosen.filter((account) => account.state === 'needs-reconnect')}
            onTakeOff={(accountId) =>
              setComposition(
                withAccounts(
                  composition,
                  composition.accountIds.filter((id) => id !== accountId),
                ),
              )
            }
          />
          <VariantBar
            accounts={chosen}
            variants={composition.variants}
            shownId={shown?.accountId ?? null}
            checks={checks.data?.checks ?? []}
            onShow={setShownId}
            onSeparate={(accountId) =>
              setComposition(withContent(composition, accountId, contentFor(composition, accountId)))
            }
            onJoin={(accountId) => setComposition(withoutVariant(composition, accountId))}
          />
          <ContentEditor
            key={editedId ?? 'all'}
            content={contentFor(composition, editedId)}
            // The words for all are counted by everyone who says them.
            accounts={
              editedId === null
                ? chosen.filter(({ accountId }) => composition.variants[accountId] === undefined)
                : chosen.filter(({ accountId }) => accountId === editedId)
            }
            features={featuresOf(chosen)}
            findings={checks.findingsFor(editedId)}
            onChange={(content) => setComposition((now) => withContent(now, editedId, content))}
          />
        </div>
      </TwoPanes>
    </div>
  );
}

function SaveStatus({ state, isDraft, hasId }: { state: SaveState; isDraft: boolean; hasId: boolean }) {
  const text = !isDraft
    ? 'Changes apply once you save them'
    : state === 'failed'
      ? 'Not saved'
      : state === 'saving' || state === 'changed'
        ? 'Saving…'
        : hasId
          ? 'Draft saved'
          : '';
  return (
    <p role="status" className={`ml-auto text-xs ${state === 'failed' ? 'text-bad' : 'text-ink-soft'}`}>
      {text}
    </p>
  );
}

function NoAccounts() {
  return (
    <div className="flex items-center gap-4 rounded-xl border border-dashed border-line-strong px-4 py-3">
      <p className="min-w-0 flex-1 text-ink-soft">
        No account is connected yet. You can write already; to publish, connect one.
      </p>
      <Button onClick={() => openSettings('accounts')}>
        <Plug /> Connect an account
      </Button>
    </div>
  );
}
