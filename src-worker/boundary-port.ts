import type { LocalApiClient } from '../src-node/local-api-client.ts';
import { fromAppErrorDto, type Result } from '../src-shared/domain/errors.ts';
import type { BoundaryPort } from './activities/ports.ts';

/** The product boundary through the local door, for what loops start by themselves. */
export function createBoundaryPort(client: Pick<LocalApiClient, 'call'>): BoundaryPort {
  return {
    async ingestMedia(input, idempotencyKey) {
      const { entityId } = unwrap(await client.call('ingest-media', input, { idempotencyKey }));
      return { assetId: entityId };
    },
    async describeAsset(input, idempotencyKey) {
      unwrap(await client.call('describe-asset', input, { idempotencyKey }));
    },
  };
}

function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw fromAppErrorDto(result.error);
}
