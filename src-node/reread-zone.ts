/**
 * Node asks the system for its time zone once. Told that `TZ` has changed, it asks again; taking that away where it is not
 * set changes nothing else. Where it is set, somebody wants that zone.
 */
export function rereadZone(): void {
  if (process.env['TZ'] === undefined) delete process.env['TZ'];
}
