import { commandDefinition, isCommandName } from '../../src-shared/contract/registry.ts';
import type { Mode } from '../../src-shared/contract/define-command.ts';
import type { TurnContext } from './agent-types.ts';

export function modeOf(command: string): Mode {
  return isCommandName(command) ? commandDefinition(command).mode : 'think';
}

/** What every card of the assistant says about where it comes from: the mode, and why it is that one. */
export function originOf<CommandMode extends Mode = Mode>(
  command: string,
  mode: CommandMode,
  { phrases }: Pick<TurnContext, 'phrases'>,
) {
  const ofCommands: Partial<Record<string, string>> = phrases.reasonOf;
  return { command, mode, reason: ofCommands[command] ?? phrases.reasonOfMode[mode] };
}
