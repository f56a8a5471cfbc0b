import { Check } from 'lucide-react';
import { useState } from 'react';
import type { ChatModel } from '../../../src-shared/domain/model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { SettingRow, TextInput } from '../../ui/field.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Group, Rows } from './section-parts.tsx';
import { useSettings } from './use-settings.ts';

interface ChatModelsProps {
  models: readonly ChatModel[];
  runtime: { isReady: boolean; message: string | null };
}

/** The models that write titles, summaries and chapters, and the program they run in. */
export function ChatModels({ models, runtime }: ChatModelsProps) {
  const { settings, change } = useSettings();
  return (
    <Group
      title="Writing"
      description="Titles, summaries and chapters, by a model on this computer. Everything else works without one."
    >
      <Rows>
        <div className="flex items-start gap-2.5 px-4 py-3">
          <span
            className={classNames(
              'mt-1.75 size-1.5 shrink-0 rounded-full',
              runtime.isReady ? 'bg-good' : 'bg-warn',
            )}
          />
          <div>
            <div className="font-medium">
              {runtime.isReady ? 'The runtime is ready' : 'The runtime is not ready'}
            </div>
            {runtime.message === null ? null : (
              <p className="mt-0.5 text-xs text-ink-soft">{runtime.message}</p>
            )}
          </div>
        </div>
        {models.map((model) => (
          <div key={model.name} className="flex items-center gap-4 px-4 py-3">
            <div className="min-w-0 flex-1">
              <div className="flex items-center gap-2">
                <span className="truncate font-medium">{model.name}</span>
                {model.isInUse ? (
                  <Badge tone="good">
                    <Check aria-hidden /> In use
                  </Badge>
                ) : null}
              </div>
              <div className="mt-0.5 text-xs text-ink-soft">
                {[model.parameterSize, formatBytes(model.sizeBytes)]
                  .filter((part) => part !== null)
                  .join(', ')}
              </div>
            </div>
            {model.isInUse ? null : (
              <Button size="small" onClick={() => change({ chatModelName: model.name })}>
                Use
              </Button>
            )}
          </div>
        ))}
        {runtime.isReady && models.length === 0 ? (
          <p className="px-4 py-3 text-ink-soft">
            No model is installed. Get one with Ollama, for instance{' '}
            <code className="selectable rounded bg-hover px-1.5 py-0.5 font-mono text-xs">
              ollama pull llama3.2
            </code>
            , and recordings that wait for a summary get one.
          </p>
        ) : null}
        {settings === undefined ? null : (
          <AddressRow
            key={settings.ollamaAddress ?? ''}
            address={settings.ollamaAddress ?? ''}
            onSave={(address) => change({ ollamaAddress: address === '' ? null : address })}
          />
        )}
      </Rows>
    </Group>
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
