import { queryOptions, useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { CallOptions, CommandClient } from '../../src-shared/contract/registry.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import { bridge } from './bridge.ts';
import { CommandError, isAway } from './command-error.ts';
import { showError } from './error-toast.tsx';

export type Method = keyof CommandClient;
export type MethodInput<Name extends Method> = Parameters<CommandClient[Name]>[0];
export type MethodOutput<Name extends Method> =
  Awaited<ReturnType<CommandClient[Name]>> extends Result<infer Value> ? Value : never;

/** Calls a command and throws its error as {@link CommandError}. */
export async function callCommand<Name extends Method>(
  method: Name,
  input: MethodInput<Name>,
  options?: CallOptions,
): Promise<MethodOutput<Name>> {
  const call = bridge.commands[method] as unknown as (
    input: MethodInput<Name>,
    options?: CallOptions,
  ) => Promise<Result<MethodOutput<Name>>>;
  const result = await call(input, options);
  if (!result.ok) throw new CommandError(result.error);
  return result.value;
}

/** A command that only looks, as a query. The key begins with the method, which is how live updates find it. */
export function commandQuery<Name extends Method>(method: Name, input: MethodInput<Name>) {
  return queryOptions<
    MethodOutput<Name>,
    CommandError,
    MethodOutput<Name>,
    readonly [Name, MethodInput<Name>]
  >({
    queryKey: [method, input],
    queryFn: () => callCommand(method, input),
  });
}

const retryDelayMs = 800;
/** A slow computer takes half a minute to start everything. */
const patienceMs = 60_000;

/**
 * Calls a command that changes something. While the api process is away it asks again for a while; one idempotency
 * key for all tries makes sure that it is done once. With a key of the caller's that holds for other calls as well.
 */
export async function callPatiently<Name extends Method>(
  method: Name,
  input: MethodInput<Name>,
  { idempotencyKey = crypto.randomUUID() }: CallOptions = {},
): Promise<MethodOutput<Name>> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await callCommand(method, input, { idempotencyKey });
    } catch (thrown) {
      if (!(thrown instanceof CommandError) || !isAway(thrown.dto) || performance.now() > deadlineMs)
        throw thrown;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
    }
  }
}

interface CommandOptions<Name extends Method> {
  onSuccess?: (output: MethodOutput<Name>, input: MethodInput<Name>) => void;
  /** Given where the screen shows the error itself; otherwise a toast does. */
  onError?: (error: CommandError, input: MethodInput<Name>) => void;
  /** Calls with the same one follow each other, in the order in which they were made. */
  scope?: string;
}

export type CommandMutation<Name extends Method> = UseMutationResult<
  MethodOutput<Name>,
  CommandError,
  MethodInput<Name>
>;

/** A command that changes something, as a mutation. */
export function useCommand<Name extends Method>(
  method: Name,
  options: CommandOptions<Name> = {},
): CommandMutation<Name> {
  return useMutation<MethodOutput<Name>, CommandError, MethodInput<Name>>({
    mutationKey: [method],
    ...(options.scope === undefined ? {} : { scope: { id: options.scope } }),
    mutationFn: (input) => callPatiently(method, input),
    onSuccess: (output, input) => options.onSuccess?.(output, input),
    onError: (error, input) => {
      if (options.onError === undefined) showError(error.dto);
      else options.onError(error, input);
    },
  });
}
