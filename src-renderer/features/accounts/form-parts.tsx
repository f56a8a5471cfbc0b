import type { ReactNode } from 'react';
import { toast } from 'sonner';
import type { ConnectedAccount } from '../../../src-shared/contract/account-parts.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { CommandError } from '../../app/command-error.ts';
import { Button } from '../../ui/button.tsx';
import { formatQuantity } from '../../ui/format.ts';

/** Why it was refused, beside the fields that have to be put right. */
export function FormError({ error }: { error: CommandError | null }) {
  if (error === null) return null;
  return (
    <p role="alert" className="selectable rounded-lg bg-bad-soft px-3.5 py-2.5">
      {error.dto.userMessage}
    </p>
  );
}

interface AccountFormProps extends FormFooterProps {
  onSubmit: () => void;
  error: CommandError | null;
  /** Stands beside the button. */
  besideAction?: ReactNode;
}

/** The fields of an account, why it was refused, and the button. */
export function AccountForm({ onSubmit, error, besideAction, children, ...footer }: AccountFormProps) {
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <FormError error={error} />
      <FormFooter {...footer}>{besideAction}</FormFooter>
    </form>
  );
}

interface FormFooterProps {
  action: string;
  isDisabled: boolean;
  isBusy: boolean;
  children?: ReactNode;
}

function FormFooter({ action, isDisabled, isBusy, children }: FormFooterProps) {
  return (
    <div className="flex items-center justify-end gap-2">
      {children}
      <Button look="primary" type="submit" disabled={isDisabled || isBusy}>
        {isBusy ? 'One moment…' : action}
      </Button>
    </div>
  );
}

/** What follows once an account is connected or changed. A refusal is shown by the form, beside its fields. */
export function tellAndLeave(onDone: () => void, done = 'is connected') {
  return {
    onSuccess: ({ name, stoppedPostCount = 0 }: Account & Partial<ConnectedAccount>) => {
      toast.success(
        `${name} ${done}`,
        stoppedPostCount === 0
          ? {}
          : {
              description: `${formatQuantity(stoppedPostCount, 'post')} of it ${stoppedPostCount === 1 ? 'was' : 'were'} stopped when it was disconnected. You can take ${stoppedPostCount === 1 ? 'it' : 'them'} up again here.`,
            },
      );
      onDone();
    },
    onError: () => undefined,
  };
}
