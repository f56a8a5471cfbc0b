/** The think commands that are being answered by a model, so that they can be stopped. */
export interface ThinkCalls {
  /** The signal is aborted when somebody stops the call. Without a name nobody can. */
  begin: (callId: string | undefined) => { signal: AbortSignal; end: () => void };
  /** False where no such call is being answered. */
  stop: (callId: string) => boolean;
  stopAll: () => void;
}

export function createThinkCalls(): ThinkCalls {
  const running = new Map<AbortController, string | undefined>();

  return {
    begin(callId) {
      const controller = new AbortController();
      running.set(controller, callId);
      return { signal: controller.signal, end: () => void running.delete(controller) };
    },
    stop(callId) {
      const found = [...running].filter(([, name]) => name === callId);
      for (const [controller] of found) controller.abort();
      return found.length > 0;
    },
    stopAll() {
      for (const controller of running.keys()) controller.abort();
    },
  };
}
