import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { creditUnitSchema, type CreditUnit, type Period } from '../../../src-shared/domain/access.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { principalTitle } from '../approvals/approval-words.ts';
import { periods, periodTitles } from '../approvals/grant-form.ts';
import { unitTitles } from './unit-words.ts';

interface BudgetDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function BudgetDialog({ isOpen, onOpenChange }: BudgetDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Set a budget"
      description="What is planned already keeps its place."
    >
      <BudgetForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function BudgetForm({ onDone }: { onDone: () => void }) {
  const [unit, setUnit] = useState<CreditUnit>('posts');
  const [limit, setLimit] = useState('10');
  const [period, setPeriod] = useState<Period>('day');
  const [principal, setPrincipal] = useState('');
  const [accountId, setAccountId] = useState('');
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const set = useCommand('setBudget', { onSuccess: onDone });
  const count = Number(limit);
  const isValid = limit.trim() !== '' && Number.isInteger(count) && count >= 0;
  const principals = [
    'agents',
    'assistant',
    'mcp',
    ...(tokens?.tokens.filter(({ revokedAt }) => revokedAt === null) ?? []).map(
      ({ tokenId }) => `token:${tokenId}`,
    ),
  ];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isValid) return;
        set.mutate({
          unit,
          period,
          limit: count,
          principal: principal === '' ? null : principal,
          accountId: unit !== 'posts' || accountId === '' ? null : accountId,
        });
      }}
    >
      <Labelled label="Of what">
        <Select
          className="w-full"
          value={unit}
          onChange={({ target }) => setUnit(creditUnitSchema.parse(target.value))}
        >
          {creditUnitSchema.options.map((option) => (
            <option key={option} value={option}>
              {unitTitles[option]}
            </option>
          ))}
        </Select>
      </Labelled>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label="At most">
          <TextInput
            type="number"
            min={0}
            max={1_000_000}
            value={limit}
            onChange={({ target }) => setLimit(target.value)}
          />
        </Labelled>
        <Labelled label="In">
          <Select
            className="w-full"
            value={period}
            onChange={({ target }) => setPeriod(target.value as Period)}
          >
            {periods.map((option) => (
              <option key={option} value={option}>
                {periodTitles[option]}
              </option>
            ))}
          </Select>
        </Labelled>
      </div>
      <Labelled label="For whom">
        <Select className="w-full" value={principal} onChange={({ target }) => setPrincipal(target.value)}>
          <option value="">Everyone together, you too</option>
          {principals.map((name) => (
            <option key={name} value={name}>
              {principalTitle(name, tokens?.tokens)}
            </option>
          ))}
        </Select>
      </Labelled>
      {unit === 'posts' && accounts !== undefined && accounts.accounts.length > 0 ? (
        <Labelled label="On which account">
          <Select className="w-full" value={accountId} onChange={({ target }) => setAccountId(target.value)}>
            <option value="">All accounts together</option>
            {accounts.accounts.map((account) => (
              <option key={account.accountId} value={account.accountId}>
                {account.name}
              </option>
            ))}
          </Select>
        </Labelled>
      ) : null}
      <div className="flex justify-end">
        <Button look="primary" type="submit" disabled={!isValid || set.isPending}>
          Set the budget
        </Button>
      </div>
    </form>
  );
}
