import { usePeaks } from '../../app/use-peaks.ts';

const barCount = 48;
const barPitch = 4;
const height = 56;
const leastHeight = 2;

/** What a recording sounds like, as a small picture. */
export function WaveformPicture({ assetId }: { assetId: string }) {
  const peaks = usePeaks(assetId, true, barCount);
  const values = peaks?.values ?? new Float32Array(barCount);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${barCount * barPitch} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      className="w-4/5 fill-line-strong"
    >
      {Array.from(values, (value, index) => {
        const barHeight = Math.max(leastHeight, value * height);
        return (
          <rect
            key={index}
            x={index * barPitch + 1}
            y={(height - barHeight) / 2}
            width={2}
            height={barHeight}
            rx={1}
          />
        );
      })}
    </svg>
  );
}
