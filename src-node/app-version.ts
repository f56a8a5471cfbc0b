import packageJson from '../package.json' with { type: 'json' };

/** The version of this program; the bundler puts it into the built files. */
export const appVersion: string = packageJson.version;
