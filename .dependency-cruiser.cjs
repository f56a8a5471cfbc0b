/**
 * The layers of docs/ARCHITECTURE.md as rules. `npm run check -- --only layers` runs them.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** Tests may reach across layers. */
const tests = '\\.test\\.tsx?$|^tests/|/testing/';

/**
 * A connector is one folder with a part for each layer, and each layer has a list of those parts
 * (docs/recipes/add-a-connector.md). A part obeys the rules of its layer.
 */
const connectorLists = 'src-connectors/(platforms|commands)\\.ts$';
const shared = `^(src-shared/|src-connectors/[^/]+/shared/|${connectorLists})`;
const renderer = '^(src-renderer/|src-connectors/[^/]+/renderer/|src-connectors/windows\\.ts$)';
/** Where one connector ends: it knows `common`, the layers, and no other connector. */
const connectors = '^src-connectors/(?!common/)([^/]+)/';
const nodeBuiltIns = { dependencyTypes: ['core'] };

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that import each other cannot be understood one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'What is imported must exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-is-pure',
      comment: 'src-shared runs everywhere: no Node, no Electron, nothing from another layer.',
      severity: 'error',
      from: { path: shared, pathNot: tests },
      to: nodeBuiltIns,
    },
    {
      name: 'shared-knows-no-other-layer',
      severity: 'error',
      from: { path: shared, pathNot: tests },
      to: { path: '^(src-|bench/|scripts/|tests/)|node_modules/electron/', pathNot: shared },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The window is sandboxed: it speaks through the preload bridge only.',
      severity: 'error',
      from: { path: renderer, pathNot: tests },
      to: nodeBuiltIns,
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: renderer, pathNot: tests },
      to: { path: '^(src-|bench/|scripts/|tests/)|node_modules/electron/', pathNot: `${shared}|${renderer}` },
    },
    {
      name: 'workflows-do-no-input-or-output',
      comment:
        'Workflows are replayed: they may use the workflow library, src-shared and themselves; activities only as types.',
      severity: 'error',
      from: { path: '^src-worker/workflows/', pathNot: tests },
      to: {
        pathNot: '^src-shared/|^src-worker/workflows/|node_modules/@temporalio/(workflow|common)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-data-speaks-sql',
      comment: 'SQL and its libraries live in src-data.',
      severity: 'error',
      from: { pathNot: `^src-data/|${tests}` },
      to: { path: 'node_modules/(better-sqlite3|drizzle-orm)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-adapters-and-supervisor-spawn',
      comment:
        'Child processes are started in adapters (one place per tool), in the transcriber (a child of its own) and by ' +
        'the supervisor; process-identity only asks the system about processes.',
      severity: 'error',
      from: {
        path: '^src-',
        pathNot: `^src-worker/(adapters|transcriber)/|^src-main/supervisor/|^src-node/process-identity|${tests}`,
      },
      to: { path: '^(node:)?child_process$|node_modules/execa/' },
    },
    {
      name: 'services-know-no-electron',
      comment: 'api, worker, supervisor and command line run on plain Node.',
      severity: 'error',
      from: { path: '^src-(api|worker|data|node|cli|connectors)/|^src-main/supervisor/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'only-the-boundary-steers-workflows',
      comment:
        'Workflows are started, signalled and cancelled in one place. release-orphans only recognises an error.',
      severity: 'error',
      from: { path: '^src-', pathNot: `^src-api/boundary/|^src-worker/release-orphans\\.ts$|${tests}` },
      to: { path: 'node_modules/@temporalio/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'data-is-below',
      comment: 'src-data and src-node serve the layers above and know none of them.',
      severity: 'error',
      from: { path: '^src-(data|node)/', pathNot: tests },
      to: { path: '^src-(api|worker|main|renderer|cli)/' },
    },
    {
      name: 'connectors-know-no-api',
      comment: 'The worker has connectors too; only their part for the api knows the api.',
      severity: 'error',
      from: { path: '^src-connectors/([^/]+/node/|connectors\\.ts$)', pathNot: tests },
      to: {
        path: '^src-(api|worker|main|renderer|cli)/|^src-connectors/([^/]+/(api|renderer)/|handlers\\.ts$)',
      },
    },
    {
      name: 'connectors-know-no-other',
      comment: 'What several connectors need stands in src-connectors/common.',
      severity: 'error',
      from: { path: connectors, pathNot: tests },
      to: { path: connectors, pathNot: '^src-connectors/$1/' },
    },
    {
      name: 'only-lists-know-connectors',
      comment: 'Each layer has one list of connectors; whatever names one of them stands in its folder.',
      severity: 'error',
      from: { path: '^(src-|bench/|scripts/)', pathNot: `^src-connectors/|${tests}` },
      to: { path: connectors },
    },
    {
      name: 'sources-do-not-need-tests',
      severity: 'error',
      from: { path: '^(src-|scripts/)', pathNot: tests },
      to: { path: '\\.test\\.tsx?$|^tests/' },
    },
    {
      name: 'no-development-packages-in-the-app',
      comment: 'What main, api, worker and the command line import must be in the package that is shipped.',
      severity: 'error',
      from: {
        path: '^src-(main|api|worker|data|node|cli|shared|connectors)/',
        pathNot: `${renderer}|${tests}`,
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
    {
      name: 'setup-needs-nothing',
      comment:
        'scripts/ must start in a clone without node_modules; what needs packages loads them when they are there.',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/setup/(bundle-workflows|electron-default-app)\\.mjs$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg'],
        pathNot: '@electron/(fuses|asar)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist-app|release|coverage|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    builtInModules: { add: ['electron'] },
  },
};
