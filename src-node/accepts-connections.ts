import { connect, type NetConnectOpts } from 'node:net';

const usualTimeoutMs = 3_000;

/**
 * Whether somebody listens at a port or a socket. Nothing is sent.
 * @param timeoutMs 0: however long the system tries
 */
export function acceptsConnections(target: NetConnectOpts, timeoutMs = usualTimeoutMs): Promise<boolean> {
  const socket = connect(target);
  return new Promise((resolve) => {
    const settle = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** @param address `host:port` */
export function toConnectionTarget(address: string): { host: string; port: number } {
  const separator = address.lastIndexOf(':');
  return { host: address.slice(0, separator), port: Number(address.slice(separator + 1)) };
}
