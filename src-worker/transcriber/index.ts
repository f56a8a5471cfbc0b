import { createSpeechEngine } from '../adapters/speech/create-speech-engine.ts';
import { serveTranscription } from './serve.ts';

serveTranscription(createSpeechEngine);
