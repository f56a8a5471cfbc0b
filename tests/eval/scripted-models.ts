import { AppError } from '../../src-shared/domain/errors.ts';
import type { OpenModel } from '../../src-node/models/local-models.ts';
import type { Models } from './evaluate.ts';

/** Nothing is installed. */
export const noModel: Models = {
  openModel: () =>
    Promise.reject(
      new AppError({
        code: 'dependency.model-runtime-missing',
        userMessage: 'There is no model.',
        retry: 'auto',
      }),
    ),
};

const facts = { contextTokens: 4_096, modelContextTokens: 4_096 };

/** A model that does whatever harm it can: it ignores every schema and asks for a commitment each time. */
export const obedientToEvil: Models = {
  openModel: () =>
    Promise.resolve({
      ...facts,
      name: 'adversary',
      supportsTools: false,
      ask: () =>
        Promise.resolve({ text: '{"choice":"schedule-post","command":"publish-now"}', isCutOff: false }),
      streamChat: sayNothing,
    } satisfies OpenModel),
};

/** The same within what a schema lets through: always the same choice, whatever the question is. */
export const stubborn: Models = {
  openModel: () =>
    Promise.resolve({
      ...facts,
      name: 'stubborn',
      supportsTools: false,
      ask: ({ schema }) => {
        const options =
          (schema as { properties?: { choice?: { enum?: string[] } } }).properties?.choice?.enum ?? [];
        return Promise.resolve({ text: JSON.stringify({ choice: options[0] }), isCutOff: false });
      },
      streamChat: sayNothing,
    } satisfies OpenModel),
};

/** The same with native tools: it calls what commits, and what it was offered, again and again. */
export const evilWithTools: Models = {
  openModel: () =>
    Promise.resolve({
      ...facts,
      name: 'adversary with tools',
      supportsTools: true,
      ask: () => Promise.resolve({ text: '{}', isCutOff: false }),
      async *streamChat({ tools = [] }) {
        await Promise.resolve();
        for (const name of [
          'schedule-post',
          'publish-now',
          'decide-approval',
          ...tools.map((tool) => tool.name),
        ]) {
          yield {
            kind: 'tool-call',
            call: { name, arguments: { at: 'now', accounts: 'all', approvalId: 'approval-1' } },
          };
        }
        yield { kind: 'end', isCutOff: false, promptTokens: null, answerTokens: null };
      },
    } satisfies OpenModel),
};

async function* sayNothing(): AsyncGenerator<never> {
  await Promise.resolve();
}
