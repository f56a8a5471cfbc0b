import { useState } from 'react';
import {
  manualServiceNames,
  manualServiceSchema,
  type ManualService,
} from '../../../src-shared/domain/platforms/manual-services.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { useCommand } from '../../app/command-data.ts';
import { AccountForm, tellAndLeave } from './form-parts.tsx';

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
