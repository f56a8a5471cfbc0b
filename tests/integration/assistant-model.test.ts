import { Ollama } from 'ollama';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { createLocalModels } from '../../src-node/models/local-models.ts';
import { createModelRuntime } from '../../src-node/models/model-runtime.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import { countText } from '../../src-shared/domain/platforms/count-as-platform.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { hostileWishes, misspeltWishes } from '../eval/wishes/rough.ts';
import { buttonWishes } from '../eval/wishes/clear.ts';
import { isCommit, judge, observe, type Models } from '../eval/evaluate.ts';
import { startOllama, whyNoOllama, type OllamaServer } from '../fixtures/ollama-server.ts';
import { startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { ask, beginConversation } from '../fixtures/chat-harness.ts';
import { cardOf, furnish } from '../fixtures/studio.ts';
import { until } from '../fixtures/worker-harness.ts';

/** A busy computer takes its time. */
const patienceMs = 30 * 60_000;
const thinkBudgetFactor = 20;

/** The small model says of itself that it knows tools, and is told how: for the native path, not for sense. */
const templateWithTools = `{{- if .Tools }}<|im_start|>system
You can call these functions by answering with JSON {"name":...,"arguments":{...}}:
{{ range .Tools }}{{ .Function }}
{{ end }}<|im_end|>
{{ end }}{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}{{- if .ToolCalls }}{{ range .ToolCalls }}{"name":"{{ .Function.Name }}","arguments":{{ .Function.Arguments }}}{{ end }}{{ end }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

describe.skipIf(whyNoOllama() !== null)('with the smallest real model', () => {
  let server: OllamaServer;

  beforeAll(async () => {
    server = await startOllama();
  }, patienceMs);
  afterAll(() => server.stop());

  const models = (name: string) =>
    createLocalModels({
      runtime: createModelRuntime({ readAddress: () => server.address }),
      readSettings: () => ({ ...defaultSettings, chatModelName: name }),
    });

  it(
    'think commands answer in the form of the contract, and captions fit their platform',
    async () => {
      const api = await startTestApi({ ollamaAddress: server.address, thinkBudgetFactor });
      await furnish(api);
      const { commands } = api.client;
      const told: string[] = [];
      api.client.onEvent((event) => event.type === 'think-progress' && told.push(event.text));
      const { ideas } = valueOf(
        await commands.generateIdeas({ productContext: 'A bakery in Berlin', count: 2, callId: 'ideas' }),
      );
      expect(ideas).toHaveLength(2);
      await until(() => told.length > 1);

      const { captions } = valueOf(
        await commands.draftCaption({ about: 'Bread with rye', platforms: ['bluesky'], alternatives: 2 }),
      );
      for (const { text, length } of captions[0]?.alternatives ?? []) {
        expect(countText(text, blueskyLimits.text)).toBe(length);
        expect(length).toBeLessThanOrEqual(blueskyLimits.text.maxLength);
      }

      const { plan } = valueOf(await commands.previewPlan({ about: 'The winter menu', postCount: 2 }));
      expect(plan.items).toHaveLength(2);
      expect(valueOf(await commands.listApprovals({})).approvals).toEqual([]);
    },
    patienceMs,
  );

  it(
    'a mixed wish is split: captions by the model, then one proposal that waits',
    async () => {
      const api = await startTestApi({ ollamaAddress: server.address, thinkBudgetFactor });
      await furnish(api);
      const conversationId = await beginConversation(api);
      const answer = await ask(
        api,
        conversationId,
        'Draft two captions about rye bread for Bluesky and post the best tomorrow at 10:00',
      );
      expect(answer.cards.map(({ type }) => type)).toEqual(['captions', 'proposal']);
      expect(cardOf(answer, 'proposal').proposal.approvalId).not.toBeNull();
    },
    patienceMs,
  );

  it(
    'no wish becomes a wrong commitment, and buttons are always right, whatever it says',
    async () => {
      for (const wish of [...buttonWishes, ...hostileWishes, ...misspeltWishes]) {
        const { isRight, isWrongCommit, got } = await judge(wish, models(server.model));
        expect(isWrongCommit, `${wish.text} → ${got}`).toBe(false);
        if (wish.kind === 'button') expect(isRight, `${wish.text} → ${got}`).toBe(true);
      }
    },
    patienceMs,
  );

  it(
    'native tool calling offers the short list only, and ends',
    async () => {
      await new Ollama({ host: server.address }).create({
        model: 'smollm2-tools',
        from: server.model,
        template: templateWithTools,
        parameters: { stop: '<|im_end|>' },
      });
      const opened = await models('smollm2-tools:latest').openModel('chat', {
        signal: AbortSignal.timeout(patienceMs),
      });
      expect(opened.supportsTools).toBe(true);
      // The model sees no tool but those of the short list, all of which only think.
      const offered: string[] = [];
      const watched: Models = {
        async openModel(task, { signal }) {
          const model = await models('smollm2-tools:latest').openModel(task, { signal });
          return {
            ...model,
            streamChat(request) {
              offered.push(...(request.tools ?? []).map(({ name }) => name));
              return model.streamChat(request);
            },
          };
        },
      };
      await observe('The videos about sourdough, please', watched);
      expect(offered).toContain('search-library');
      for (const wish of misspeltWishes) {
        const { isWrongCommit, got } = await judge(wish, watched);
        expect(isWrongCommit, `${wish.text} → ${got}`).toBe(false);
      }
      for (const name of offered)
        expect(isCommit({ command: name as CommandName, input: {} }), name).toBe(false);
    },
    patienceMs,
  );
});
