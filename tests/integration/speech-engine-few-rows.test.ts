import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findOnPath } from '../fixtures/find-media-tools.ts';

const speechFolder = resolve(import.meta.dirname, '../../native/speech');

it.skipIf(findOnPath('g++') === null)(
  'multiplies few rows rightly, whatever the shape, with one thread and with two',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-few-rows-'));
    try {
      const program = join(folder, 'check-few-rows');
      const parts = ['few_rows', 'few_float_rows', 'cores', 'shared_work'].map(
        (name) => `source/${name}.cpp`,
      );
      const sources = ['test/check-few-rows.cpp', ...parts].map((name) => join(speechFolder, name));
      await execa('g++', ['-std=c++17', '-O2', '-fopenmp', '-pthread', ...sources, '-o', program]);
      const { stdout } = await execa(program);
      expect(Number(stdout)).toBe(process.arch === 'x64' ? 2688 : 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
