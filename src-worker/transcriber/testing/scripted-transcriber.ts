import { serveTranscription } from '../serve.ts';
import { createScriptedEngine } from './scripted-engine.ts';

// The real transcriber in every part but the engine.
serveTranscription(createScriptedEngine);
