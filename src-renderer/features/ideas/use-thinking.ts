import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { callCommand, type MethodInput, type MethodOutput } from '../../app/command-data.ts';
import { toErrorDto, type CommandError } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { useThinkProgress } from '../chat/chat-state.ts';

/** Think commands that a model answers, in seconds: they say what they are at, and can be stopped. */
type SlowMethod = 'generateIdeas' | 'draftCaption';

interface Thinking<Method extends SlowMethod> {
  think: (input: Omit<MethodInput<Method>, 'callId'>) => void;
  stop: () => void;
  isThinking: boolean;
  /** What it is at, in a few words. */
  progress: string | null;
  result: MethodOutput<Method> | undefined;
  error: CommandError | null;
}

/** Runs a think command for as long as the component is shown: nobody needs an answer that nobody sees. */
export function useThinking<Method extends SlowMethod>(method: Method): Thinking<Method> {
  const callId = useRef('');
  const { mutate, isPending, data, error, variables } = useMutation<
    MethodOutput<Method>,
    CommandError,
    MethodInput<Method>
  >({
    mutationFn: (input) => callCommand(method, input),
  });
  const progress = useThinkProgress(variables?.callId ?? '');
  const stop = () => {
    if (callId.current === '') return;
    callCommand('stopThinking', { callId: callId.current }).catch((thrown: unknown) =>
      showError(toErrorDto(thrown)),
    );
    callId.current = '';
  };
  useEffect(() => stop, []);
  return {
    think: (input) => {
      callId.current = crypto.randomUUID();
      mutate({ ...input, callId: callId.current } as MethodInput<Method>);
    },
    stop,
    isThinking: isPending,
    progress: isPending ? progress : null,
    result: data,
    error,
  };
}
