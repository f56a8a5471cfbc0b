import { commandDefinition, isCommandName } from '../../src-shared/contract/registry.ts';
import type { Mode } from '../../src-shared/contract/define-command.ts';

/** Why a command is done in its mode: what a card says of itself, in a sentence. */
const reasons: Record<string, string> = {
  'schedule-post':
    'Publishing is a real-world commitment that must survive a restart, so it runs as a workflow and waits for your word.',
  'publish-now':
    'Publishing cannot be taken back, so it runs as a workflow that sends it exactly once, and waits for your word.',
  'reschedule-post':
    'It changes a commitment that is already running, so the change goes through the same workflow.',
  'cancel-post': 'It ends a commitment that is already running, so it goes through the same workflow.',
  'schedule-plan':
    'Each post of the plan is a commitment of its own, so each runs as a workflow; one word of yours covers them all.',
  'describe-asset': 'It takes minutes and must survive a restart, so it runs as a workflow.',
  'watch-folder': 'It goes on day after day until you stop it, so it is a loop that survives every restart.',
  'pause-watch-folder': 'It steers a loop that runs by itself, so it goes through the same pipeline.',
  'resume-watch-folder': 'It steers a loop that runs by itself, so it goes through the same pipeline.',
  'remove-watch-folder': 'It ends a loop that runs by itself, so it goes through the same pipeline.',
};

const reasonOfMode: Record<Mode, string> = {
  think: 'Thinking changes nothing outside this conversation, so it is answered at once.',
  commit:
    'It changes something outside this conversation, so it is recorded, runs as a workflow, and waits for your word.',
  loop: 'It goes on by itself after this conversation, so it is a loop that survives restarts, and waits for your word.',
};

export function modeOf(command: string): Mode {
  return isCommandName(command) ? commandDefinition(command).mode : 'think';
}

/** What every card of the assistant says about where it comes from. */
export function originOf<CommandMode extends Mode = Mode>(command: string, mode: CommandMode) {
  return { command, mode, reason: reasons[command] ?? reasonOfMode[mode] };
}
