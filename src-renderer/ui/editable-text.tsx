import { Pencil } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';

interface EditableTextProps {
  label: string;
  value: string;
  placeholder: string;
  onSave: (value: string) => void;
  /** Enter makes a new line; the main modifier with Enter saves. */
  isLong?: boolean;
  /** An empty text is not taken. */
  isRequired?: boolean;
  className?: string;
}

/** A text that turns into a field where it stands. Leaving the field saves, Escape does not. */
export function EditableText(props: EditableTextProps) {
  const { label, value, placeholder, onSave, isLong = false, isRequired = false, className } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const isCancelled = useRef(false);
  const hintId = useId();

  if (draft === null) {
    return (
      <button
        type="button"
        dir="auto"
        aria-label={`${label}: ${value === '' ? placeholder : value}. Edit`}
        onClick={() => {
          isCancelled.current = false;
          setDraft(value);
        }}
        className={classNames(
          'group/editable -mx-2 -my-1 block w-[calc(100%+1rem)] rounded-md px-2 py-1 text-start hover:bg-hover',
          value === '' && 'text-ink-faint',
          className,
        )}
      >
        {value === '' ? placeholder : value}
        <Pencil className="ml-2 inline size-3.5 text-ink-faint opacity-0 group-hover/editable:opacity-100" />
      </button>
    );
  }

  const leave = () => {
    const next = draft.trim();
    setDraft(null);
    if (!isCancelled.current && next !== value && !(isRequired && next === '')) onSave(next);
  };
  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const isSaving = event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey);
    if (event.key !== 'Escape' && !isSaving) return;
    isCancelled.current = event.key === 'Escape';
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.blur();
  };
  return (
    <>
      <textarea
        autoFocus
        aria-label={label}
        aria-describedby={hintId}
        value={draft}
        rows={1}
        onFocus={(event) => event.currentTarget.setSelectionRange(draft.length, draft.length)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={leave}
        onKeyDown={handleKey}
        className={classNames(
          'field-sizing-content -mx-2 -my-1 block w-[calc(100%+1rem)] resize-none rounded-md bg-raised px-2 py-1 outline-2 outline-accent',
          className,
        )}
      />
      <span id={hintId} className="sr-only">
        {isLong
          ? 'Control Enter saves, Escape leaves it as it was.'
          : 'Enter saves, Escape leaves it as it was.'}
      </span>
    </>
  );
}
