import { ClipboardCopy } from 'lucide-react';
import { toast } from 'sonner';
import { bridge } from '../../app/bridge.ts';
import { showError } from '../../app/error-toast.tsx';
import { Button } from '../../ui/button.tsx';
import { Group } from '../settings/section-parts.tsx';
import { mcpConfiguration } from './mcp-configuration.ts';

/** What to paste into another agent so that it finds Longhand. */
export function McpGroup() {
  const text = mcpConfiguration();
  const copy = async () => {
    const result = await bridge.copyText(text);
    if (result.ok) toast.success('Configuration copied');
    else showError(result.error);
  };
  return (
    <Group
      title="For agents that speak MCP"
      description="Paste this into the settings of the agent. It runs Longhand’s own command; nothing is opened to the network."
      action={
        <Button onClick={() => void copy()}>
          <ClipboardCopy /> Copy
        </Button>
      }
    >
      <pre
        tabIndex={0}
        aria-label="MCP configuration"
        className="selectable overflow-x-auto rounded-xl border border-line bg-panel p-4 font-mono text-xs leading-5"
      >
        {text}
      </pre>
    </Group>
  );
}
