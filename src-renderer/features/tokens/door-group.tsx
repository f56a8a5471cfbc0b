import { useQuery } from '@tanstack/react-query';
import { commandQuery } from '../../app/command-data.ts';
import { SettingRow, Toggle } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Group, Rows } from '../settings/section-parts.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { CopyRow } from './copy-row.tsx';

/** The door on the loopback interface: off unless the creator opens it. */
export function DoorGroup() {
  const { settings, change } = useSettings();
  const { data: door } = useQuery(commandQuery('readHttpDoor', {}));
  if (settings === undefined || door === undefined) return <Skeleton className="mb-7 h-20 rounded-xl" />;
  return (
    <Group title="HTTP on this computer">
      <Rows>
        <SettingRow
          title="Let programs on this computer in"
          description="With a token only, and never from another computer or a web page."
        >
          {({ labelId, descriptionId }) => (
            <Toggle
              labelledBy={labelId}
              describedBy={descriptionId}
              isOn={settings.isHttpDoorOpen}
              onChange={(isHttpDoorOpen) => change({ isHttpDoorOpen })}
            />
          )}
        </SettingRow>
        {door.url === null ? null : <CopyRow title="Address" text={door.url} />}
        {door.openApiUrl === null ? null : <CopyRow title="Description (OpenAPI)" text={door.openApiUrl} />}
        {door.isOpen ? <CopyRow title="File with the address" text={door.addressFile} /> : null}
      </Rows>
    </Group>
  );
}
