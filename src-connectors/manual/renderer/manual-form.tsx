import { useState } from 'react';
import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { AccountForm, tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { Select, TextInput } from '../../../src-renderer/ui/field.tsx';
import { Labelled } from '../../../src-renderer/ui/labelled.tsx';
import { manualServiceNames, manualServiceSchema, type ManualService } from '../shared/manual-services.ts';

export function ManualForm({ onDone }: { onDone: () => void }) {
  const [service, setService] = useState<ManualService>('instagram');
  const [handle, setHandle] = useState('');
  const connect = useCommand('connectManualAccount', tellAndLeave(onDone));
  return (
    <AccountForm
      onSubmit={() => connect.mutate({ service, handle: handle.trim() })}
      error={connect.error}
      action="Add it"
      isDisabled={false}
      isBusy={connect.isPending}
    >
      <Labelled label="Where">
        <Select
          className="w-full"
          value={service}
          onChange={({ target }) => setService(manualServiceSchema.parse(target.value))}
        >
          {manualServiceSchema.options.map((option) => (
            <option key={option} value={option}>
              {manualServiceNames[option]}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Your name there">
        <TextInput
          autoComplete="off"
          placeholder="@you"
          value={handle}
          onChange={({ target }) => setHandle(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}
