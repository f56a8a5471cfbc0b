import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { CallContext } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { hashCanonically } from './canonical-json.ts';
import { prepareChange, type AnyChange, type AnyHandler } from './prepare-change.ts';
import { spendCredits } from './spend-credits.ts';

export interface Foreseen {
  preview: CommandPreview;
  /** Of the command, its input and what the person reads about it; an edit of any of them makes another. */
  contentHash: string;
  costs: readonly Cost[];
}

/** Carries the outcome of a rehearsal out of the transaction that is taken back. */
class Rehearsed extends Error {
  readonly change: AnyChange;

  constructor(change: AnyChange) {
    super('a rehearsal is always taken back');
    this.change = change;
  }
}

/**
 * What a command would do, for the person who is asked about it. It is rehearsed in a transaction that is taken back,
 * so that what could never be done is refused now instead of after the approval.
 * @throws AppError whatever doing it would throw
 */
export async function foresee(
  { command, definition, input }: { command: CommandName; definition: CommandDefinition; input: unknown },
  handler: AnyHandler,
  services: CommandServices,
  context: CallContext,
): Promise<Foreseen> {
  const costs = handler.cost?.(input, services) ?? [];
  const commit = await prepareChange(handler, input, services, context);
  const change = rehearse(() => {
    const rehearsed = commit();
    spendCredits(services, context.principal, rehearsed, costs);
    return rehearsed;
  }, services);
  const own = await handler.preview?.(input, services);
  const preview = own ?? describe(definition, input, change);
  const withCosts = preview.costs.length > 0 ? preview : { ...preview, costs: sumUp(costs) };
  const { title, lines } = preview;
  return { preview: withCosts, contentHash: hashCanonically({ command, input, title, lines }), costs };
}

function rehearse(work: () => AnyChange, { database }: Pick<CommandServices, 'database'>): AnyChange {
  try {
    return database.transaction(() => {
      throw new Rehearsed(work());
    });
  } catch (thrown) {
    if (thrown instanceof Rehearsed) return thrown.change;
    throw thrown;
  }
}

/** For handlers that say nothing better: the title, the input field by field, and the sentence it would answer with. */
function describe({ title }: CommandDefinition, input: unknown, { output }: AnyChange): CommandPreview {
  const fields = Object.entries(typeof input === 'object' && input !== null ? input : {});
  const lines = fields.map(([name, value]) => ({ label: toLabel(name), value: toText(value) }));
  const message =
    typeof output === 'object' && output !== null && 'message' in output ? output.message : null;
  if (typeof message === 'string') lines.push({ label: 'Then', value: message });
  return { title, lines, warnings: [], costs: [] };
}

/** `assetId` becomes `Asset id`. */
export function toLabel(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One line for each unit and account, however many parts cost something. */
function sumUp(costs: readonly Cost[]): CommandPreview['costs'] {
  const sums: CommandPreview['costs'] = [];
  for (const { unit, amount, accountId: account } of costs) {
    const sum = sums.find((each) => each.unit === unit && each.account === account);
    if (sum === undefined) sums.push({ unit, amount, ...(account === undefined ? {} : { account }) });
    else sum.amount += amount;
  }
  return sums;
}
