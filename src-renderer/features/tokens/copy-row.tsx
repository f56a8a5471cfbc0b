import { ClipboardCopy } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { copyWithToast } from './copy-with-toast.ts';

/** A text to be used elsewhere, with a button that copies it. */
export function CopyRow({ title, text }: { title: string; text: string }) {
  return (
    <div className="flex items-center gap-3 px-4 py-2">
      <span className="w-44 shrink-0 text-ink-soft">{title}</span>
      <code className="selectable min-w-0 flex-1 truncate font-mono text-xs" title={text}>
        {text}
      </code>
      <IconButton
        label={`Copy: ${title}`}
        size="icon-small"
        onClick={() => void copyWithToast(text, `${title} copied`)}
      >
        <ClipboardCopy />
      </IconButton>
    </div>
  );
}
