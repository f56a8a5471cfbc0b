import type { DataFolder } from '../../../src-node/data-folder.ts';
import type { Platform } from '../../../src-shared/domain/account.ts';
import { connectorMakers } from '../../connectors.ts';
import type { Connector } from './connector.ts';

/** One connector a platform, made when it is first needed. */
export function openConnectors(dataFolder: DataFolder): (platform: Platform) => Connector {
  const made = new Map<Platform, Connector>();
  return (platform) => {
    const connector = made.get(platform) ?? connectorMakers[platform](dataFolder);
    made.set(platform, connector);
    return connector;
  };
}
