import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Period } from '../../../src-shared/domain/access.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { AccountPicker } from '../accounts/account-picker.tsx';
import {
  emptyGrant,
  endingChoices,
  endings,
  grantableCommands,
  periods,
  periodTitles,
  toGrantInput,
  type Ending,
  type GrantDraft,
} from './grant-form.ts';
import { principalTitle } from './approval-words.ts';

interface GrantDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  command: string;
  /** Null: every agent. */
  principal: string | null;
  onGiven?: () => void;
}

/** Gives a standing approval: what, by whom, for which accounts, how often, until when. */
export function GrantDialog(props: GrantDialogProps) {
  const { isOpen, onOpenChange } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Allow without asking"
      description="Within these bounds it is done at once. Beyond them you are asked as before."
    >
      <GrantForm {...props} />
    </Dialog>
  );
}

function GrantForm({ onOpenChange, command, principal, onGiven }: GrantDialogProps) {
  const [draft, setDraft] = useState<GrantDraft>(() => emptyGrant(command, principal));
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const create = useCommand('createGrant', {
    onSuccess: () => {
      toast('Allowed', { description: 'You can take it back under Standing.' });
      onOpenChange(false);
      onGiven?.();
    },
  });
  const change = (part: Partial<GrantDraft>) => setDraft((current) => ({ ...current, ...part }));
  const agents = [
    'assistant',
    'mcp',
    ...(tokens?.tokens.filter(({ revokedAt }) => revokedAt === null) ?? []).map(
      ({ tokenId }) => `token:${tokenId}`,
    ),
  ];
  const isAboutPosts = draft.command.includes('post');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(toGrantInput(draft, Date.now()));
      }}
    >
      <Labelled label="What">
        <Select
          className="w-full"
          value={draft.command}
          onChange={({ target }) => change({ command: target.value })}
        >
          {grantableCommands.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Who">
        <Select
          className="w-full"
          value={draft.principal ?? ''}
          onChange={({ target }) => change({ principal: target.value === '' ? null : target.value })}
        >
          {agents.map((agent) => (
            <option key={agent} value={agent}>
              {principalTitle(agent, tokens?.tokens)}
            </option>
          ))}
          <option value="">Every agent</option>
        </Select>
      </Labelled>
      {isAboutPosts && accounts !== undefined && accounts.accounts.length > 0 ? (
        <div>
          <p className="mb-1.5 text-xs font-medium text-ink-soft">
            Accounts {draft.accountIds.length === 0 ? '(all of them)' : ''}
          </p>
          <AccountPicker
            accounts={accounts.accounts}
            chosenIds={draft.accountIds}
            onChange={(accountIds) => change({ accountIds })}
          />
        </div>
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <Labelled label="How often">
          <div className="flex gap-2">
            <TextInput
              type="number"
              min={1}
              max={1000}
              placeholder="Any number"
              aria-label="How often"
              value={draft.count ?? ''}
              onChange={({ target }) =>
                change({ count: target.value === '' ? null : Math.max(1, Number(target.value)) })
              }
            />
            <Select
              aria-label="Per"
              className="min-w-24"
              value={draft.period}
              onChange={({ target }) => change({ period: target.value as Period })}
            >
              {periods.map((period) => (
                <option key={period} value={period}>
                  {periodTitles[period]}
                </option>
              ))}
            </Select>
          </div>
        </Labelled>
        <Labelled label="How long">
          <Select
            className="w-full"
            value={draft.ending}
            onChange={({ target }) => change({ ending: target.value as Ending })}
          >
            {endingChoices.map((ending) => (
              <option key={ending} value={ending}>
                {endings[ending].title}
              </option>
            ))}
          </Select>
        </Labelled>
      </div>
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button look="primary" type="submit" disabled={create.isPending}>
          Allow
        </Button>
      </div>
    </form>
  );
}
