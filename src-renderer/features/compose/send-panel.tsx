import { useNavigate } from '@tanstack/react-router';
import { CalendarCheck, Save, Send } from 'lucide-react';
import type { Dispatch, SetStateAction } from 'react';
import { toast } from 'sonner';
import { shortcut } from '../../app/bridge.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { DurableToolResult } from '../../../src-shared/contract/define-command.ts';
import type { PostState } from '../../../src-shared/domain/post.ts';
import { isAhead } from '../../../src-shared/domain/target-state.ts';
import { useCommand } from '../../app/command-data.ts';
import type { CommandError } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import { instantOf, remarkOn, toWhenInput } from '../posts/when.ts';
import { WhenPicker } from '../posts/when-picker.tsx';
import { isEmpty, toTargets, type Composition } from './composer-state.ts';
import { LatenessPicker } from './lateness-picker.tsx';
import { NeighbourWarnings } from './neighbour-warnings.tsx';
import type { Checks } from './use-checks.ts';

interface SendPanelProps {
  composition: Composition;
  accounts: readonly Account[];
  /** Of an account that the post was for and that is disconnected. */
  goneName: string | undefined;
  checks: Checks;
  isSending: boolean;
  /** Lets a save that is under way end; gives the id of the draft, where there is one. */
  beforeSend: () => Promise<string | undefined>;
  afterRefusal: () => void;
  state: PostState;
  revision: number;
  onChange: Dispatch<SetStateAction<Composition>>;
}

/** Says in the command's own words what was recorded; it never claims more. */
function tellAccepted({ status, message }: Pick<DurableToolResult, 'status' | 'message'>): void {
  toast.success(message, {
    description:
      status === 'scheduled'
        ? 'It is kept, whatever happens to this computer until then.'
        : 'It is recorded, and starts by itself as soon as the work engine is ready.',
  });
}

/** When it goes out, what happens if it is late, and the button. */
export function SendPanel(props: SendPanelProps) {
  const { composition, accounts, goneName, checks, isSending, state, revision, onChange } = props;
  const { beforeSend, afterRefusal } = props;
  const navigate = useNavigate();
  const nowMs = useNow(15_000);
  const isDraft = state === 'draft';
  const { when, lateness } = composition;
  const done = (result: DurableToolResult) => {
    tellAccepted(result);
    void navigate({ to: '/post/$postId', params: { postId: result.entityId } });
  };
  const refused = ({ dto }: CommandError) => {
    afterRefusal();
    showError(dto);
  };
  const schedule = useCommand('schedulePost', { onSuccess: done, onError: refused });
  const edit = useCommand('editPost', {
    onSuccess: ({ message, entityId }) => {
      toast.success(message);
      void navigate({ to: '/post/$postId', params: { postId: entityId } });
    },
    onError: refused,
  });
  const whenInput = toWhenInput(when);
  const reason = whyNot({
    hasAccounts: accounts.length > 0 || goneName !== undefined,
    goneName,
    hasWords: !isEmpty(composition),
    firstError: checks.firstError,
    timeRemark: isDraft ? remarkOn(when, nowMs) : null,
  });
  const canSend = reason === null && !isSending && whenInput !== null;
  const send = async () => {
    if (!canSend) return;
    const said = { content: composition.content, targets: toTargets(composition), lateness };
    const id = await beforeSend();
    if (isDraft) schedule.mutate({ ...(id === undefined ? {} : { postId: id }), ...said, when: whenInput });
    else if (id !== undefined) edit.mutate({ postId: id, ...said, revision });
  };
  useHotkeys({ 'mod+shift+enter': () => void send() });
  const at = when.kind === 'at' ? instantOf(when) : null;
  return (
    <section
      aria-label="When and how"
      className="sticky bottom-0 shrink-0 border-t border-line bg-panel px-5 pt-4 pb-4 short:static"
    >
      {isDraft ? (
        <WhenPicker
          when={when}
          onChange={(next) => onChange((now) => ({ ...now, when: next }))}
          accountIds={composition.accountIds}
        />
      ) : (
        <p className="text-xs text-ink-soft">
          {isAhead(state)
            ? 'It keeps its time. Move it in the calendar, or on its page.'
            : 'Saving sends nothing by itself. What to do next stands on its page.'}
        </p>
      )}
      <LatenessPicker
        lateness={lateness}
        onChange={(next) => onChange((now) => ({ ...now, lateness: next }))}
      />
      <NeighbourWarnings warnings={checks.data?.warnings} accounts={accounts} />
      <Button
        look="primary"
        size="large"
        className="mt-4 w-full"
        disabled={!canSend}
        onClick={() => void send()}
        aria-describedby="why-not"
      >
        {!isDraft ? (
          <>
            <Save /> Save the changes
          </>
        ) : when.kind === 'now' ? (
          <>
            <Send /> Publish now
          </>
        ) : when.kind === 'next-slot' ? (
          <>
            <CalendarCheck /> Put it in the queue
          </>
        ) : (
          <>
            <CalendarCheck /> Schedule
            {at === null ? '' : ` for ${formatMomentIn(at.instant, when.zone, nowMs)}`}
          </>
        )}
      </Button>
      <p id="why-not" role="status" className="mt-2 min-h-4.5 text-center text-xs text-balance text-ink-soft">
        {reason ?? (
          <>
            <Kbd>{shortcut('Shift Enter')}</Kbd>
          </>
        )}
      </p>
    </section>
  );
}

interface Readiness {
  hasAccounts: boolean;
  goneName: string | undefined;
  hasWords: boolean;
  firstError: string | null;
  timeRemark: ReturnType<typeof remarkOn>;
}

/** What is missing before it can be sent; null where nothing is. */
function whyNot({ hasAccounts, goneName, hasWords, firstError, timeRemark }: Readiness): string | null {
  if (!hasWords) return 'Write something, or add a recording or picture.';
  if (!hasAccounts) return 'Choose where it goes.';
  if (goneName !== undefined) return `${goneName} is disconnected. Take it off, or connect it again.`;
  if (firstError !== null) return firstError;
  return timeRemark?.isRefused === true ? timeRemark.text : null;
}
