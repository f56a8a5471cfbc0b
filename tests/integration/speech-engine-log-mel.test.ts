import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { findOnPath } from '../fixtures/find-media-tools.ts';

const speechFolder = resolve(import.meta.dirname, '../../native/speech');
const sampleRateHz = 16_000;
/** The program prints ten a second, for four seconds; the audio lasts three. */
const columnsOfAudio = 30;

/** The audio from which the reference was made: a fading tone, a rising one, and noise that breaks off. */
function makeReferenceAudio(): Float32Array {
  let state = 12_345n;
  return Float32Array.from({ length: 3 * sampleRateHz }, (_, i) => {
    state = (state * 1_103_515_245n + 12_345n) % 2_147_483_648n;
    const noise = (Number(state) / 2_147_483_648) * 2 - 1;
    const time = i / sampleRateHz;
    return (
      0.3 * Math.sin(2 * Math.PI * 440 * time) * Math.exp(-time) +
      0.2 * Math.sin(2 * Math.PI * (200 + 900 * time) * time) +
      (i < 40_000 ? 0.01 * noise : 0)
    );
  });
}

it.skipIf(findOnPath('g++') === null)("computes the same features as Whisper's reference", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-log-mel-'));
  try {
    const program = join(folder, 'print-log-mel');
    const sources = ['test/print-log-mel.cpp', 'source/log_mel.cpp'].map((name) => join(speechFolder, name));
    await execa('g++', ['-std=c++17', '-O2', ...sources, '-o', program]);
    const input = new Uint8Array(makeReferenceAudio().buffer);
    const { stdout } = await execa(program, { input });
    const actual = stdout.split('\n').map((line) => line.trim().split(' ').map(Number));
    const { bands } = z
      .object({ bands: z.array(z.array(z.number())) })
      .parse(JSON.parse(await readFile(join(speechFolder, 'test/log-mel-reference.json'), 'utf8')));
    expect(actual).toHaveLength(80);
    const errors = bands.flatMap((band, i) =>
      band.slice(0, columnsOfAudio).map((value, j) => Math.abs(value - (actual[i]?.[j] ?? NaN))),
    );
    expect(Math.max(...errors)).toBeLessThan(0.0001);
    expect(actual.flatMap((row) => row.slice(columnsOfAudio)).every((value) => value === 0)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
