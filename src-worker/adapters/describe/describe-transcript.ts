import { askStructured, quotedReplyCharacters } from '../../../src-node/models/ask-structured.ts';
import { ContextOverflow, type AskModel, type ChatMessage } from '../../../src-node/models/model-types.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { estimateTokens } from '../../../src-shared/domain/estimate-tokens.ts';
import type { Chapter } from '../../../src-shared/domain/transcript.ts';
import type { TranscriptReading, TranscriptToDescribe, WrittenDescription } from '../../activities/ports.ts';
import {
  answerTokens,
  digestSchema,
  overallSchema,
  wholeSchema,
  windowSchema,
} from './description-schemas.ts';
import { askForDigest, askForOverall, askForWhole, askForWindow, type PromptFacts } from './prompts.ts';
import { chapterLimitFor, settleChapters } from './settle-chapters.ts';
import {
  cutIntoWindows,
  spreadEvenly,
  toLines,
  windowLimitFor,
  type TranscriptLine,
} from './transcript-windows.ts';

export interface DescribeOptions {
  ask: AskModel;
  /** What the model can take at most. */
  modelContextTokens: number;
  /** 0 to 1. */
  onProgress: (fraction: number) => void;
}

/** Larger contexts cost memory and time that a laptop needs for other things; more windows do as well. */
const largestContextTokens = 8_192;
/** The frame of every question, and one failed reply with its complaint. */
const frameTokens = 380 + Math.ceil(quotedReplyCharacters / 3) + 120;
const smallestWindowTokens = 120;
/** How far the material in a question is cut down before giving up. */
const smallestFill = 1 / 8;

/** Share of the work that reading the windows is, where there are several. */
const windowsShare = 0.9;

export interface DescribedTranscript {
  description: WrittenDescription;
  reading: TranscriptReading;
}

interface Notes {
  summary: string;
  keywords: string[];
}

/**
 * Describes a transcript of any length. What fits into the model's context is asked for at once; a longer one window by
 * window, and then the notes on the windows together. Every line is read, but where the context is so small that the
 * windows of an hour are too many: then an even choice of them is, and the answer says so.
 * @throws AppError `dependency.chat-model-missing` or `dependency.chat-model-failed`; the signal's reason
 */
export async function describeTranscript(
  transcript: TranscriptToDescribe,
  options: DescribeOptions,
): Promise<DescribedTranscript> {
  const contextTokens = Math.min(options.modelContextTokens, largestContextTokens);
  for (let fill = 1; ; fill /= 2) {
    try {
      return await new Describer(transcript, options, { contextTokens, fill }).describe();
    } catch (error) {
      if (!(error instanceof ContextOverflow)) throw error;
      if (fill < smallestFill) throw contextTooSmall(contextTokens, error);
    }
  }
}

function contextTooSmall(contextTokens: number, cause: unknown): AppError {
  return new AppError({
    code: 'dependency.chat-model-failed',
    userMessage:
      'The chat model takes too little text at once to describe this recording. The transcript is kept. Choose another model under Settings, Models, then try again.',
    retry: 'user',
    details: { contextTokens },
    cause,
  });
}

class Describer {
  readonly #transcript: TranscriptToDescribe;
  readonly #facts: PromptFacts;
  readonly #ask: AskModel;
  readonly #onProgress: (fraction: number) => void;
  readonly #contextTokens: number;
  readonly #fill: number;

  /** `fill`: the share of the room to use, less than 1 after the estimate of tokens has proved too low. */
  constructor(
    transcript: TranscriptToDescribe,
    options: DescribeOptions,
    { contextTokens, fill }: { contextTokens: number; fill: number },
  ) {
    this.#transcript = transcript;
    this.#facts = { originalName: transcript.originalName, language: transcript.language };
    this.#ask = options.ask;
    this.#onProgress = options.onProgress;
    this.#contextTokens = contextTokens;
    this.#fill = fill;
  }

  async describe(): Promise<DescribedTranscript> {
    const lines = toLines(this.#transcript.segments);
    const { durationMs } = this.#transcript;
    const whole = cutIntoWindows(lines, this.#roomFor(answerTokens.whole));
    // From here on the time left is estimated.
    this.#onProgress(0);
    if (whole.length === 1 && whole[0] !== undefined) {
      const description = await this.#describeWhole(whole[0]);
      return { description, reading: { readParts: 1, allParts: 1 } };
    }

    const windows = cutIntoWindows(lines, this.#roomFor(answerTokens.window));
    const chosen = spreadEvenly(windows.length, windowLimitFor(durationMs));
    const notes: Notes[] = [];
    const chapters: Chapter[] = [];
    for (const index of chosen) {
      const noted = await this.#readWindow(windows[index] ?? [], { index, count: windows.length });
      notes.push(noted);
      chapters.push(...noted.chapters);
      this.#onProgress((windowsShare * notes.length) / chosen.length);
    }
    const overall = await this.#drawTogether(notes);
    this.#onProgress(1);
    return {
      description: { ...clean(overall), chapters: settleChapters(chapters, durationMs) },
      reading: { readParts: chosen.length, allParts: windows.length },
    };
  }

  async #describeWhole(lines: readonly TranscriptLine[]): Promise<WrittenDescription> {
    const { durationMs } = this.#transcript;
    const { chapters, ...rest } = await this.#question(
      wholeSchema(lines.length, chapterLimitFor(durationMs)),
      askForWhole(this.#facts, lines),
      answerTokens.whole,
    );
    this.#onProgress(1);
    return { ...clean(rest), chapters: settleChapters(placeChapters(chapters, lines), durationMs) };
  }

  async #readWindow(
    lines: readonly TranscriptLine[],
    position: { index: number; count: number },
  ): Promise<Notes & { chapters: Chapter[] }> {
    const lengthMs = (lines.at(-1)?.startMs ?? 0) - (lines[0]?.startMs ?? 0);
    const { chapters, ...notes } = await this.#question(
      windowSchema(lines.length, chapterLimitFor(lengthMs)),
      askForWindow(this.#facts, lines, position),
      answerTokens.window,
    );
    return { ...notes, chapters: placeChapters(chapters, lines) };
  }

  /** Notes that do not fit into one question are condensed in groups first, as often as it takes. */
  async #drawTogether(notes: readonly Notes[]) {
    let level = notes.map(writeNote);
    let doneShare = windowsShare;
    for (;;) {
      const groups = groupNotes(level, this.#roomFor(answerTokens.overall));
      if (groups.length === 1 || groups.length === level.length) {
        return this.#question(overallSchema, askForOverall(this.#facts, level), answerTokens.overall);
      }
      const condensed: string[] = [];
      // Each level is at most half as long as the one before it.
      const levelShare = (1 - doneShare) / 2;
      for (const group of groups) {
        const digest = await this.#question(
          digestSchema,
          askForDigest(this.#facts, group),
          answerTokens.digest,
        );
        condensed.push(writeNote(digest));
        this.#onProgress(doneShare + (levelShare * condensed.length) / groups.length);
      }
      doneShare += levelShare;
      level = condensed;
    }
  }

  #question<Schema extends Parameters<typeof askStructured>[1]['schema']>(
    schema: Schema,
    messages: ChatMessage[],
    answer: number,
  ) {
    return askStructured<Schema>(this.#ask, {
      schema,
      messages,
      contextTokens: this.#contextTokens,
      answerTokens: answer,
    });
  }

  /** Tokens of material that fit beside the frame and the answer. */
  #roomFor(answer: number): number {
    return Math.max(
      smallestWindowTokens,
      Math.floor((this.#contextTokens - frameTokens - answer) * this.#fill),
    );
  }
}

function writeNote({ summary, keywords }: Notes): string {
  return `${summary.trim()} (${keywords.join(', ')})`;
}

/** In order, as many to a group as fit. A group has at least two, or condensing would change nothing. */
function groupNotes(notes: readonly string[], tokenLimit: number): string[][] {
  const groups: string[][] = [];
  let filled = 0;
  for (const note of notes) {
    const tokens = estimateTokens(note) + 5;
    const current = groups.at(-1);
    if (current === undefined || (filled + tokens > tokenLimit && current.length >= 2)) {
      groups.push([note]);
      filled = tokens;
    } else {
      current.push(note);
      filled += tokens;
    }
  }
  return groups;
}

function placeChapters(
  chapters: readonly { line: number; title: string }[],
  lines: readonly TranscriptLine[],
): Chapter[] {
  return chapters.flatMap(({ line, title }) => {
    const start = lines[line - 1];
    return start === undefined ? [] : [{ startMs: start.startMs, title }];
  });
}

function clean(written: { title: string; hook: string; summary: string; keywords: string[] }) {
  const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const byFold = new Map<string, string>();
  for (const keyword of written.keywords.map(tidy)) {
    if (keyword !== '' && !byFold.has(keyword.toLowerCase())) byFold.set(keyword.toLowerCase(), keyword);
  }
  return {
    title: tidy(written.title),
    hook: tidy(written.hook),
    summary: tidy(written.summary),
    keywords: [...byFold.values()],
  };
}
