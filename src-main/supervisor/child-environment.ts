type Environment = Readonly<Record<string, string | undefined>>;

/** What any program needs to find its home, its language, its time zone and its temporary files. */
const systemVariables = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LD_LIBRARY_PATH',
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
];

/** What our own processes need beside: the network, the keyring. */
const ownVariables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  'DBUS_SESSION_BUS_ADDRESS',
  'OLLAMA_HOST',
];

/** The environment of a foreign program (Temporal, Ollama): nothing of ours, no credentials of the person. */
export function buildSystemEnvironment(
  env: Environment,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...pick(env, (name) => systemVariables.includes(name) || name.startsWith('LC_')), ...added };
}

/** The environment of api and worker: the system's, the network's, and everything that begins with `LONGHAND_`. */
export function buildOwnEnvironment(
  env: Environment,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const isOwn = (name: string): boolean =>
    ownVariables.includes(name) || name.startsWith('LONGHAND_') || name.startsWith('XDG_');
  return { ...buildSystemEnvironment(env), ...pick(env, isOwn), ...added };
}

function pick(env: Environment, isWanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && isWanted(entry[0]),
    ),
  );
}
