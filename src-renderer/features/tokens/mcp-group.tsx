import { useQuery } from '@tanstack/react-query';
import { ClipboardCopy } from 'lucide-react';
import { useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Group } from '../settings/section-parts.tsx';
import { copyWithToast } from './copy-with-toast.ts';
import { commandConfiguration, doorConfiguration, tokenPlaceholder } from './mcp-configuration.ts';

const ways = [
  { value: 'command', label: 'As a command' },
  { value: 'door', label: 'Over HTTP' },
] as const;

/** What to paste into another agent so that it finds Longhand. */
export function McpGroup() {
  const { data: door } = useQuery(commandQuery('readHttpDoor', {}));
  const [way, setWay] = useState<'command' | 'door'>('command');
  if (door === undefined) return <Skeleton className="mb-7 h-40 rounded-xl" />;
  const { mcpUrl, agentCommand } = door;
  const text =
    way === 'command'
      ? commandConfiguration(agentCommand)
      : mcpUrl === null
        ? null
        : doorConfiguration(mcpUrl);
  return (
    <Group
      title="Agents that speak MCP"
      description="Paste this into the settings of the agent."
      action={
        <Button
          disabled={text === null}
          onClick={() => void copyWithToast(text ?? '', 'Configuration copied')}
        >
          <ClipboardCopy /> Copy
        </Button>
      }
    >
      <div className="mb-2">
        <Segmented label="How the agent reaches Longhand" value={way} options={ways} onChange={setWay} />
      </div>
      {text === null ? (
        <p className="rounded-xl border border-dashed border-line-strong px-4 py-6 text-center text-ink-soft">
          HTTP is off. Turn it on above, and what to paste stands here.
        </p>
      ) : (
        <pre
          tabIndex={0}
          aria-label="MCP configuration"
          className="selectable overflow-x-auto rounded-xl border border-line bg-panel p-4 font-mono text-xs leading-5"
        >
          {text}
        </pre>
      )}
      {text === null ? null : (
        <p className="mt-2 text-xs text-ink-soft">
          {way === 'command'
            ? 'It runs Longhand’s own command as you; nothing is opened to the network.'
            : `Put the token you made for the agent in the place of ${tokenPlaceholder}.`}
        </p>
      )}
    </Group>
  );
}
