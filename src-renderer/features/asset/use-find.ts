import { useMemo, useState } from 'react';
import type { Segment, TranscriptChange } from '../../../src-shared/domain/transcript.ts';
import { findAll, planReplace, type FindOptions, type Found } from './find-and-replace.ts';

export interface Find {
  options: FindOptions;
  setOptions: (options: FindOptions) => void;
  replacement: string;
  setReplacement: (replacement: string) => void;
  found: readonly Found[];
  foundBySegment: ReadonlyMap<number, readonly Found[]>;
  currentIndex: number;
  current: Found | undefined;
  move: (direction: 1 | -1) => void;
  replaceCurrent: () => TranscriptChange[];
  replaceAll: () => TranscriptChange[];
}

const nothing: readonly Found[] = [];

/** What is found in a transcript while the find bar is open. */
export function useFind(segments: readonly Segment[], isOpen: boolean): Find {
  const [options, setOptions] = useState<FindOptions>({
    text: '',
    isCaseSensitive: false,
    isWholeWord: false,
  });
  const [replacement, setReplacement] = useState('');
  const [wantedIndex, setWantedIndex] = useState(0);
  const found = useMemo(() => (isOpen ? findAll(segments, options) : nothing), [isOpen, segments, options]);
  const foundBySegment = useMemo(() => Map.groupBy(found, ({ segmentIndex }) => segmentIndex), [found]);
  const currentIndex = Math.min(wantedIndex, found.length - 1);
  const current = found[currentIndex];
  return {
    options,
    setOptions: (next) => {
      setOptions(next);
      setWantedIndex(0);
    },
    replacement,
    setReplacement,
    found,
    foundBySegment,
    currentIndex,
    current,
    move: (direction) => {
      if (found.length > 0) setWantedIndex((currentIndex + direction + found.length) % found.length);
    },
    replaceCurrent: () => (current === undefined ? [] : planReplace(segments, [current], replacement)),
    replaceAll: () => planReplace(segments, found, replacement),
  };
}
