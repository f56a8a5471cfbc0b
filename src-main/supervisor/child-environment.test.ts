import { expect, it } from 'vitest';
import { buildOwnEnvironment, buildSystemEnvironment } from './child-environment.ts';

const env = {
  PATH: '/bin',
  LC_TIME: 'de_AT.UTF-8',
  AWS_SECRET_ACCESS_KEY: 'x',
  NODE_OPTIONS: '--inspect',
  ELECTRON_RUN_AS_NODE: '1',
  LONGHAND_FFMPEG: '/usr/bin/ffmpeg',
  XDG_CACHE_HOME: '/cache',
  https_proxy: 'http://proxy',
  HOME: undefined,
};

it('hands a foreign program nothing but what the system needs', () => {
  expect(buildSystemEnvironment(env, { OLLAMA_HOST: 'x' })).toEqual({
    PATH: '/bin',
    LC_TIME: 'de_AT.UTF-8',
    OLLAMA_HOST: 'x',
  });
});

it('hands our own processes our variables and the way to the network beside', () => {
  expect(buildOwnEnvironment(env, { LONGHAND_HOME: '/home' })).toEqual({
    PATH: '/bin',
    LC_TIME: 'de_AT.UTF-8',
    LONGHAND_FFMPEG: '/usr/bin/ffmpeg',
    LONGHAND_HOME: '/home',
    XDG_CACHE_HOME: '/cache',
    https_proxy: 'http://proxy',
  });
});
