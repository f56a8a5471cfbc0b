import { Agent } from 'undici';

/**
 * Node's fetch gives up when no header has come for five minutes. A local model on a laptop may read a long prompt for
 * longer than that, and says nothing meanwhile. Here only the signal ends a request.
 */
const patientAgent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** A fetch without time limits, tied to a signal. */
export function fetchUntilAborted(signal: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = [signal, init?.signal].filter((each) => each != null);
    // Node's fetch is this library's, one version or another; only the types of the two are strangers to each other.
    const patience = { signal: AbortSignal.any(signals), dispatcher: patientAgent };
    return fetch(input, Object.assign({}, init, patience));
  };
}
