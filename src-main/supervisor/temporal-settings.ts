/**
 * What Temporal's server is told beyond its defaults, which are made for a cluster
 * (https://docs.temporal.io/references/dynamic-configuration).
 */
const temporalSettings: Readonly<Record<string, unknown>> = {
  // After a sleep of the computer timers fire within seconds instead of minutes.
  'history.timerProcessorMaxPollInterval': '15s',
  'history.timerProcessorMaxTimeShift': '50ms',
  // The HTTP port would answer web pages of any origin; with no allowed host it answers nobody.
  'frontend.httpAllowedHosts': ['no.invalid'],
  // A step that its own worker takes at once comes with the answer that asked for it.
  'system.enableActivityEagerExecution': true,
  // The namespaces are made before the first start and stay: nobody need look for others every two seconds.
  'system.namespaceCacheRefreshInterval': '60s',
  // Four parts of each task queue share the load of many servers; here each would be one more thing that keeps house, and
  // a poll that meets an empty one is sent on.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // A workflow that waits for weeks is read again when it goes on. Kept in memory, ten thousand of them are collected
  // around every two minutes.
  'history.hostLevelCacheMaxSize': 500,
  // Its own workers, for schedules, batches, child workflows and the tidying of clusters, wake up all the time, and
  // nothing here needs them.
  'worker.perNamespaceWorkerCount': 0,
  'worker.enableScheduler': false,
  'worker.taskQueueScannerEnabled': false,
  'worker.historyScannerEnabled': false,
  'worker.executionsScannerEnabled': false,
  'worker.buildIdScavengerEnabled': false,
  'system.enableParentClosePolicyWorker': false,
};

export function toSettingArguments(): string[] {
  return Object.entries(temporalSettings).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
}
