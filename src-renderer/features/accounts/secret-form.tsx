import { useState, type ReactNode } from 'react';
import type { CommandError } from '../../app/command-error.ts';
import { TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { AccountForm } from './form-parts.tsx';

interface SecretFormProps {
  label: string;
  isHidden: boolean;
  onSubmit: (secret: string) => void;
  error: CommandError | null;
  isBusy: boolean;
  /** Stands beside the button. */
  besideAction?: ReactNode;
}

/** Asks for one secret, to connect an account again. */
export function SecretForm({ label, isHidden, onSubmit, error, isBusy, besideAction }: SecretFormProps) {
  const [secret, setSecret] = useState('');
  return (
    <AccountForm
      onSubmit={() => onSubmit(secret.trim())}
      error={error}
      action="Connect"
      isDisabled={secret.trim() === ''}
      isBusy={isBusy}
      besideAction={besideAction}
    >
      <Labelled label={label}>
        <TextInput
          autoFocus
          type={isHidden ? 'password' : 'text'}
          autoComplete="off"
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}
