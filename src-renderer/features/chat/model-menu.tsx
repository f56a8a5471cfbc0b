import { ChevronDown } from 'lucide-react';
import type { MethodOutput } from '../../app/command-data.ts';
import { useCommand } from '../../app/command-data.ts';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';

/** Which model answers. */
export function ModelMenu({ models }: { models: MethodOutput<'listChatModels'> }) {
  const choose = useCommand('chooseChatModel');
  const installed = models.models.filter(
    ({ state, capabilities }) => state === 'installed' && capabilities.includes('chat'),
  );
  const { chat } = models.chosen;
  if (installed.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button
          look="ghost"
          size="small"
          aria-label={`Model: ${chat ?? 'none'}`}
          className="max-w-52 font-normal"
        >
          <span className="truncate">{chat ?? 'Choose a model'}</span> <ChevronDown className="size-3.5!" />
        </Button>
      }
    >
      <MenuLabel>Answers are written by</MenuLabel>
      {installed.map(({ name, fit }) => (
        <MenuChoice
          key={name}
          isChecked={name === chat}
          onSelect={() => choose.mutate({ task: 'chat', name })}
        >
          <span className="flex-1">{name}</span>
          {fit.verdict === 'fits' ? null : (
            <span className="pl-3 text-xs text-warn">
              {fit.verdict === 'too-large' ? 'Too large' : 'No room right now'}
            </span>
          )}
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => openSettings('models')}>All models…</MenuItem>
    </Menu>
  );
}
