import type { ContextMeter, ContextPart } from '../../../src-shared/domain/conversation.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';

const stateTitles: Record<ContextPart['state'], string> = {
  whole: 'whole',
  passages: 'the fitting passages',
  'left-out': 'left out',
};

const colors: Record<ContextPart['kind'], string> = {
  instructions: 'bg-line-strong',
  message: 'bg-ink-soft',
  transcript: 'bg-accent',
  question: 'bg-good',
  'answer-room': 'bg-pressed',
};

/** What goes before the model, part by part, and why something does not. Tokens are the model's own pieces of words. */
export function ContextParts({ meter, title }: { meter: ContextMeter; title: string }) {
  const { contextTokens, usedTokens, modelContextTokens, parts } = meter;
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="font-semibold">{title}</h3>
        <span className="text-xs text-ink-soft tabular">
          about {formatCount(usedTokens)} of {formatCount(contextTokens)} tokens
        </span>
      </div>
      <div aria-hidden className="mt-2.5 mb-3 flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        {parts.map((part, index) => (
          <span
            key={index}
            className={colors[part.kind]}
            style={{ width: `${(part.tokens / contextTokens) * 100}%` }}
          />
        ))}
      </div>
      <ul
        aria-label={title}
        tabIndex={0}
        className="-mx-1 flex max-h-72 flex-col gap-2 overflow-y-auto rounded px-1"
      >
        {parts.map((part, index) => (
          <li key={index} className="flex items-start gap-2">
            <span
              aria-hidden
              className={classNames('mt-1.5 size-2 shrink-0 rounded-full', colors[part.kind])}
            />
            <span className="min-w-0 flex-1">
              <span className="flex items-baseline gap-2">
                <span
                  className={classNames(
                    'min-w-0 truncate',
                    part.state === 'left-out' && 'text-ink-soft line-through',
                  )}
                >
                  {part.label}
                </span>
                {part.state === 'whole' ? null : (
                  <span className="shrink-0 text-xs font-medium text-warn">{stateTitles[part.state]}</span>
                )}
                <span className="ml-auto shrink-0 text-xs text-ink-soft tabular">
                  {part.state === 'passages'
                    ? `${formatCount(part.tokens)} of ${formatCount(part.wholeTokens)}`
                    : formatCount(part.state === 'left-out' ? part.wholeTokens : part.tokens)}
                </span>
              </span>
              {part.reason === null ? null : (
                <span className="block text-xs text-ink-soft">{part.reason}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {modelContextTokens > contextTokens ? (
        <p className="mt-3 border-t border-line pt-2.5 text-xs text-ink-soft">
          {meter.model} could take {formatCount(modelContextTokens)} tokens; the memory of this computer sets
          the limit at {formatPercent(contextTokens / modelContextTokens)} of that.
        </p>
      ) : null}
    </div>
  );
}
