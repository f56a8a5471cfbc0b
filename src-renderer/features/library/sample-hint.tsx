import { FilePlus2 } from 'lucide-react';
import { chooseAndAdd } from '../../app/add-media.ts';
import { Button } from '../../ui/button.tsx';

/** The next step for a newcomer whose library holds nothing but the sample. */
export function SampleHint() {
  return (
    <aside
      aria-label="First steps"
      className="mx-6 mb-4 flex shrink-0 items-center gap-5 rounded-xl bg-accent-soft py-3 pr-3 pl-4"
    >
      <p className="flex-1">
        <span className="font-semibold">This sample shows what happens to a recording.</span> Open it to read
        along while it plays, then drop your own files or folders anywhere in this window.
      </p>
      <Button look="primary" onClick={() => void chooseAndAdd('media-files')}>
        <FilePlus2 /> Choose files
      </Button>
    </aside>
  );
}
