import { blueskyTestServer } from './parts/bluesky-test-server.mjs';
import { electron } from './parts/electron.mjs';
import { ffmpeg } from './parts/ffmpeg.mjs';
import { ffprobe } from './parts/ffprobe.mjs';
import { mastodonTestServer } from './parts/mastodon-test-server.mjs';
import { node } from './parts/node.mjs';
import { ollama } from './parts/ollama.mjs';
import { speechEngine } from './parts/speech-engine.mjs';
import { temporal } from './parts/temporal.mjs';
import { temporalTestServer } from './parts/temporal-test-server.mjs';
import { testChatModel } from './parts/test-chat-model.mjs';
import { whisperModel } from './parts/whisper-model.mjs';

/** In the order in which they are fetched: what others need comes first. */
export const allParts = [
  node,
  electron,
  temporal,
  ffmpeg,
  ffprobe,
  whisperModel,
  speechEngine,
  temporalTestServer,
  testChatModel,
  blueskyTestServer,
  mastodonTestServer,
  ollama,
];

/** What the app itself needs. */
export const appParts = allParts.filter((part) => part.isRequired);

/** What `npm test` needs besides. */
export const testParts = [temporalTestServer, testChatModel, blueskyTestServer, mastodonTestServer];

/**
 * @param {string} name
 * @returns {import('./install-part.mjs').Part | undefined}
 */
export function findPartByName(name) {
  return allParts.find((part) => part.name === name);
}
