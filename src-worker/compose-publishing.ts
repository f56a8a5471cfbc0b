import type { PublishingPort } from './activities/publishing-port.ts';
import { PublishError } from './adapters/connectors/publish-error.ts';

/** The platforms as the activities see them. */
export function createPublishingPort(): PublishingPort {
  const refuse = (): never => {
    throw new PublishError({
      kind: 'unreachable',
      userMessage: 'This platform cannot be spoken to yet. Nothing was sent; it is tried again.',
    });
  };
  return { connectorOf: refuse, openContext: refuse, fitMedia: refuse };
}
