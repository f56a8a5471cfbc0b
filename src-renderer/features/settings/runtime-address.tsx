import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SettingRow, TextInput } from '../../ui/field.tsx';
import { useSettings } from './use-settings.ts';

/** Where the model runtime is, for those who have one elsewhere. */
export function RuntimeAddress() {
  const { settings, change } = useSettings();
  if (settings === undefined) return null;
  const address = settings.ollamaAddress ?? '';
  return (
    <AddressRow
      key={address}
      address={address}
      onSave={(next) => change({ ollamaAddress: next === '' ? null : next })}
    />
  );
}

function AddressRow({ address, onSave }: { address: string; onSave: (address: string) => void }) {
  const [draft, setDraft] = useState(address);
  const isValid = draft.trim() === '' || (URL.canParse(draft.trim()) && /^https?:/.test(draft.trim()));
  return (
    <SettingRow
      title="Address of Ollama"
      description={
        isValid
          ? 'Leave it empty to use the one on this computer, or Longhand’s own.'
          : 'An address begins with http:// or https://.'
      }
    >
      {({ descriptionId }) => (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) onSave(draft.trim());
          }}
        >
          <TextInput
            aria-label="Address of Ollama"
            aria-describedby={descriptionId}
            aria-invalid={!isValid}
            placeholder="http://127.0.0.1:11434"
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            className="w-56"
          />
          <Button type="submit" disabled={!isValid || draft.trim() === address}>
            Save
          </Button>
        </form>
      )}
    </SettingRow>
  );
}
