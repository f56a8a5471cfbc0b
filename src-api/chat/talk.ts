import type { AssetRepository } from '../../src-data/assets.ts';
import type { ConversationRepository } from '../../src-data/conversations.ts';
import type { MessageRepository } from '../../src-data/messages.ts';
import type { PassageSearch } from '../../src-data/passage-search.ts';
import type { TranscriptRepository } from '../../src-data/transcripts.ts';
import type { LocalModels, OpenModel } from '../../src-node/models/local-models.ts';
import { ContextOverflow } from '../../src-node/models/model-types.ts';
import type { ContextMeter, UnsentDraft } from '../../src-shared/domain/conversation.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { cutIntoPassages, type Passage } from '../../src-shared/domain/passages.ts';
import { toQuestionTerms } from '../../src-shared/domain/question-terms.ts';
import type { AnswerTurn, RunTurn } from './answer-turn.ts';
import { rankPassages } from './choose-passages.ts';
import type { Meaning } from './meaning.ts';
import { composeContext, type AttachedTranscript, type ComposedContext } from './compose-context.ts';

export interface TalkOptions {
  assets: AssetRepository;
  conversations: ConversationRepository;
  messages: MessageRepository;
  transcripts: TranscriptRepository;
  passageSearch: PassageSearch;
  localModels: LocalModels;
  meaning: Meaning;
}

export interface Talk {
  /** Answers a message in words, from what was said before and from the attached transcripts. */
  runTurn: RunTurn;
  /** What would go before the model with this message. @throws AppError `dependency.*` where no model can answer */
  measure: (conversationId: string, draft: UnsentDraft) => Promise<ContextMeter>;
}

/** Below this share the estimate of tokens is not what is wrong. */
const smallestFill = 1 / 4;
const measureWithinMs = 5_000;
/** A question with fewer words of its own goes on from the one before. */
const fewestOwnTerms = 2;

interface Asked {
  question: string;
  /** Null for one that is not sent yet. */
  questionId: string | null;
  /** Recordings that would be attached with it. */
  assetIds: readonly string[];
  begun: string;
}

export function createTalk(options: TalkOptions): Talk {
  const { assets, conversations, messages, transcripts, passageSearch, localModels, meaning } = options;

  /** What a message is about and what it stands on; gathered once, though it may have to be composed several times. */
  async function gather(conversationId: string, asked: Asked, signal: AbortSignal) {
    const shown = messages.listCurrent(conversationId);
    const until = shown.findIndex(({ messageId }) => messageId === asked.questionId);
    const history = (until === -1 ? shown : shown.slice(0, until)).map(({ messageId, role, text }) => ({
      messageId,
      role,
      text,
    }));
    const own = toQuestionTerms(asked.question);
    const before = history.findLast(({ role }) => role === 'person')?.text ?? '';
    const goesOn = own.length < fewestOwnTerms && before !== '';
    const attached = [...new Set([...conversations.listAssetIds(conversationId), ...asked.assetIds])];
    const passagesOf = new Map(
      attached.map((assetId) => [assetId, cutIntoPassages(assetId, transcripts.listSegments(assetId))]),
    );
    const nearness = await meaning.compare(
      goesOn ? `${before} ${asked.question}` : asked.question,
      passagesOf,
      signal,
    );
    const terms = goesOn ? [...own, ...toQuestionTerms(before)] : own;
    return {
      history,
      question: asked.question,
      begun: asked.begun,
      transcripts: [...passagesOf].flatMap(
        ([assetId, passages]) => attach(assetId, passages, terms, nearness) ?? [],
      ),
    };
  }

  function attach(
    assetId: string,
    passages: Passage[],
    terms: ReturnType<typeof toQuestionTerms>,
    nearness: ReadonlyMap<Passage, number> | null,
  ): AttachedTranscript | undefined {
    const asset = assets.find(assetId);
    if (asset === undefined) return undefined;
    const { title, originalName, hasSpeech, status } = asset;
    const own = new Map(
      passages.flatMap((passage) => {
        const near = nearness?.get(passage);
        return near === undefined ? [] : [[passage, near] as const];
      }),
    );
    return {
      assetId,
      title,
      originalName,
      passages,
      rank: () =>
        rankPassages(passages, passageSearch.findInAsset(assetId, terms), own.size === 0 ? null : own),
      missing: passages.length > 0 ? null : whyNothing(hasSpeech, status),
    };
  }

  function compose(
    model: OpenModel,
    gathered: Awaited<ReturnType<typeof gather>>,
    fill = 1,
  ): ComposedContext {
    return composeContext({
      ...gathered,
      model: { ...model, contextTokens: Math.floor(model.contextTokens * fill) },
    });
  }

  async function answer(turn: AnswerTurn): ReturnType<RunTurn> {
    const { conversationId, messageId, signal, emit } = turn;
    const { replyTo, text: begun } = messages.get(messageId);
    const question = messages.get(replyTo ?? messageId);
    const asked = { question: question.text, questionId: question.messageId, assetIds: [], begun };
    const [model, gathered] = await Promise.all([
      turn.opening ?? localModels.openModel('chat', { signal }),
      gather(conversationId, asked, signal),
    ]);
    for (let fill = 1; ; fill *= 0.7) {
      const composed = compose(model, gathered, fill);
      const { citations, meter, answerTokens } = composed;
      emit.sources({ model: model.name, citations, context: meter });
      try {
        for await (const part of model.streamChat({ messages: composed.messages, answerTokens })) {
          if (part.kind === 'text') emit.text(part.textDelta);
          if (part.kind === 'end') return { note: part.isCutOff ? ranOutOfRoom(model.name) : null };
        }
        signal.throwIfAborted();
        throw new Error('an answer without an end');
      } catch (thrown) {
        // The estimate was too low: nothing was written yet, so less goes in, and the meter says so.
        if (!(thrown instanceof ContextOverflow) || fill < smallestFill) throw thrown;
      }
    }
  }

  return {
    runTurn: answer,
    async measure(conversationId, { text, assetIds }) {
      const signal = AbortSignal.timeout(measureWithinMs);
      const asked = { question: text, questionId: null, assetIds, begun: '' };
      const [model, gathered] = await Promise.all([
        localModels.openModel('chat', { signal }),
        gather(conversationId, asked, signal),
      ]);
      return compose(model, gathered).meter;
    },
  };
}

function whyNothing(hasSpeech: boolean | null, status: string): string {
  if (hasSpeech === false) return 'Nobody speaks in it.';
  return status === 'ingesting' ? 'It is not transcribed yet.' : 'It has no transcript.';
}

function ranOutOfRoom(model: string): AppError {
  return new AppError({
    code: 'dependency.answer-cut-off',
    userMessage: `The answer filled all the room that the model ${model} has. Nothing of it is lost. Let it go on from here.`,
    retry: 'user',
    details: { model },
  });
}
