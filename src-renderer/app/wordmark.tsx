import { classNames } from '../ui/class-names.ts';

/** Sound that becomes handwriting: the mark of Longhand, drawn in the colour of the text. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden
      className={className}
    >
      <path d="M3 14.5v3M7.2 10.5v11M11.4 13v6" />
      <path d="M15.2 20.6c5.6-3.2 8.4-9.4 7.2-13-.9-2.6-4-1.7-4.7 2.2-.8 4.4-.6 12.6 3.2 13.5 2.6.6 5-1.6 7.6-4.5" />
    </svg>
  );
}

export function Wordmark({ isNarrow }: { isNarrow: boolean }) {
  return (
    <div className={classNames('flex items-center gap-2 text-ink', isNarrow ? 'justify-center' : 'px-2')}>
      <Mark className="size-6.5 text-accent" />
      {isNarrow ? null : (
        <span className="font-serif text-xl leading-none font-medium tracking-tight">Longhand</span>
      )}
    </div>
  );
}
