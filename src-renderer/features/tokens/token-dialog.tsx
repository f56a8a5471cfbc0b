import { ClipboardCopy } from 'lucide-react';
import { useId, useState } from 'react';
import { tokenScopeSchema, type ApiToken } from '../../../src-shared/domain/access.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { copyWithToast } from './copy-with-toast.ts';
import { scopeTitles, usualScopes } from './scope-words.ts';

type TokenScope = ApiToken['scopes'][number];

interface TokenDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Makes a token, and shows its secret this once. */
export function TokenDialog({ isOpen, onOpenChange }: TokenDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const change = (next: boolean) => {
    if (!next) setSecret(null);
    onOpenChange(next);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={change}
      title={secret === null ? 'Make a token' : 'Copy the token now'}
      description={
        secret === null
          ? 'Give a program no more than it needs.'
          : 'It is shown this once. Longhand keeps only a fingerprint of it.'
      }
    >
      {secret === null ? (
        <TokenForm onMade={setSecret} />
      ) : (
        <SecretShown secret={secret} onDone={() => change(false)} />
      )}
    </Dialog>
  );
}

function TokenForm({ onMade }: { onMade: (secret: string | null) => void }) {
  const nameId = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(usualScopes);
  const create = useCommand('createToken', { onSuccess: ({ secret }) => onMade(secret) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim(), scopes: [...scopes] });
      }}
    >
      <label htmlFor={nameId} className="mb-1.5 block text-xs font-medium text-ink-soft">
        What is it for?
      </label>
      <TextInput
        id={nameId}
        autoFocus
        maxLength={100}
        placeholder="My shortcuts"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <fieldset className="mt-4">
        <legend className="mb-1.5 text-xs font-medium text-ink-soft">What may it do?</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {tokenScopeSchema.options.map((scope) => (
            <label key={scope} className="flex items-start gap-2.5 py-1">
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-accent"
                checked={scopes.includes(scope)}
                onChange={({ target }) =>
                  setScopes(target.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
                }
              />
              <span>{scopeTitles[scope]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-5 flex justify-end">
        <Button
          look="primary"
          type="submit"
          disabled={name.trim() === '' || scopes.length === 0 || create.isPending}
        >
          Make the token
        </Button>
      </div>
    </form>
  );
}

function SecretShown({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <>
      <code
        aria-label="The token"
        className="selectable block rounded-lg border border-line bg-panel px-3 py-2.5 font-mono text-xs break-all"
      >
        {secret}
      </code>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => void copyWithToast(secret, 'Token copied')}>
          <ClipboardCopy /> Copy
        </Button>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </>
  );
}
