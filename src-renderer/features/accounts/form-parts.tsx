import type { ReactNode } from 'react';
import { toast } from 'sonner';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { CommandError } from '../../app/command-error.ts';
import { Button } from '../../ui/button.tsx';

/** Why it was refused, beside the fields that have to be put right. */
export function FormError({ error }: { error: CommandError | null }) {
  if (error === null) return null;
  return (
    <p role="alert" className="selectable rounded-lg bg-bad-soft px-3.5 py-2.5">
      {error.dto.userMessage}
    </p>
  );
}

interface FormFooterProps {
  action: string;
  isDisabled: boolean;
  isBusy: boolean;
  children?: ReactNode;
}

export function FormFooter({ action, isDisabled, isBusy, children }: FormFooterProps) {
  return (
    <div className="flex items-center justify-end gap-2">
      {children}
      <Button look="primary" type="submit" disabled={isDisabled || isBusy}>
        {isBusy ? 'One moment…' : action}
      </Button>
    </div>
  );
}

export function tellConnected({ name }: Pick<Account, 'name'>): void {
  toast.success(`${name} is connected`);
}
