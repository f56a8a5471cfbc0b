import { useQuery } from '@tanstack/react-query';
import { mediaUrl } from '../../src-shared/contract/window-bridge.ts';
import { toPeaks, type Peaks } from './waveform-peaks.ts';

async function fetchPeaks(assetId: string, count: number, signal: AbortSignal): Promise<Peaks> {
  const response = await fetch(mediaUrl(assetId, 'waveform'), { signal });
  if (!response.ok) throw new Error(`the waveform answered ${response.status}`);
  return toPeaks(new Uint8Array(await response.arrayBuffer()), count);
}

/** The waveform of an asset as at most `count` bars; undefined until it is there, and where there is none. */
export function usePeaks(assetId: string, hasWaveform: boolean, count: number): Peaks | undefined {
  const { data } = useQuery({
    queryKey: ['waveform', assetId, count],
    queryFn: ({ signal }) => fetchPeaks(assetId, count, signal),
    enabled: hasWaveform,
    staleTime: Infinity,
    retry: 1,
  });
  return data;
}
