import type { ModelCapability } from './chat-model.ts';

export interface ChatModelOffer {
  name: string;
  description: string;
  sizeBytes: number;
  parameterSize: string;
  contextTokens: number;
  capabilities: ModelCapability[];
  /** See `measureNeed`: layers, heads and widths as the model's makers publish them. */
  contextBytesPerToken: number;
}

/** Models of Ollama's library worth having on a laptop, smallest first. Sizes are those of its usual 4-bit files. */
export const chatModelCatalogue: readonly ChatModelOffer[] = [
  {
    name: 'nomic-embed-text',
    description: 'Finds passages by meaning. Writes nothing; a help for every chat about recordings.',
    sizeBytes: 274_000_000,
    parameterSize: '137M',
    contextTokens: 2_048,
    capabilities: ['embedding'],
    contextBytesPerToken: 36_864,
  },
  {
    name: 'qwen3:0.6b',
    description: 'Tiny and quick, for old laptops. Simple questions and short texts.',
    sizeBytes: 523_000_000,
    parameterSize: '752M',
    contextTokens: 40_960,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 114_688,
  },
  {
    name: 'llama3.2:1b',
    description: 'Small and quick. Fair summaries in English.',
    sizeBytes: 1_321_000_000,
    parameterSize: '1.2B',
    contextTokens: 131_072,
    capabilities: ['chat', 'tools'],
    contextBytesPerToken: 32_768,
  },
  {
    name: 'qwen3:1.7b',
    description: 'Small, in many languages, and good at following a form.',
    sizeBytes: 1_359_000_000,
    parameterSize: '2.0B',
    contextTokens: 40_960,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 114_688,
  },
  {
    name: 'llama3.2:3b',
    description: 'Good texts in English at a bearable speed on most laptops.',
    sizeBytes: 2_019_000_000,
    parameterSize: '3.2B',
    contextTokens: 131_072,
    capabilities: ['chat', 'tools'],
    contextBytesPerToken: 114_688,
  },
  {
    name: 'qwen3:4b',
    description: 'The best of its size: reliable in many languages and with tools.',
    sizeBytes: 2_497_000_000,
    parameterSize: '4.0B',
    contextTokens: 262_144,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 147_456,
  },
  {
    name: 'gemma3:4b',
    description: 'Writes well in many languages and understands pictures. No tools.',
    sizeBytes: 3_338_000_000,
    parameterSize: '4.3B',
    contextTokens: 131_072,
    capabilities: ['chat', 'vision'],
    contextBytesPerToken: 139_264,
  },
  {
    name: 'llama3.1:8b',
    description: 'Solid and well known. Needs a newer laptop.',
    sizeBytes: 4_920_000_000,
    parameterSize: '8.0B',
    contextTokens: 131_072,
    capabilities: ['chat', 'tools'],
    contextBytesPerToken: 131_072,
  },
  {
    name: 'qwen3:8b',
    description: 'Clearly better than the small ones. Needs a newer laptop with 16 GB.',
    sizeBytes: 5_225_000_000,
    parameterSize: '8.2B',
    contextTokens: 40_960,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 147_456,
  },
  {
    name: 'qwen3:14b',
    description: 'Very good texts. For machines with a lot of memory.',
    sizeBytes: 9_276_000_000,
    parameterSize: '14.8B',
    contextTokens: 40_960,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 163_840,
  },
  {
    name: 'gpt-oss:20b',
    description: 'Among the best that a single machine can run. For 24 GB of memory and more.',
    sizeBytes: 13_793_000_000,
    parameterSize: '20.9B',
    contextTokens: 131_072,
    capabilities: ['chat', 'tools', 'thinking'],
    contextBytesPerToken: 49_152,
  },
];
