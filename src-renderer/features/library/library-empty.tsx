import { FilePlus2, FolderSync, Mic, SearchX } from 'lucide-react';
import { chooseAndAdd } from '../../app/add-media.ts';
import { shortcut } from '../../app/bridge.ts';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { LibrarySearch } from './library-search.ts';

/** The first thing a newcomer sees where even the sample is gone. */
export function LibraryEmpty() {
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <EmptyState
        className="h-auto flex-1"
        icon={<Mic />}
        title="Drop a recording here"
        actions={
          <>
            <Button look="primary" size="large" onClick={() => void chooseAndAdd('media-files')}>
              <FilePlus2 /> Choose files
            </Button>
            <Button size="large" onClick={() => openSettings('folders')}>
              <FolderSync /> Watch a folder
            </Button>
          </>
        }
      >
        Audio, video, images or whole folders. It is transcribed on this computer; nothing leaves it, and the
        original stays where it is.
      </EmptyState>
      <ul className="mx-auto grid shrink-0 max-w-3xl grid-cols-3 gap-6 px-8 pb-12 text-ink-soft">
        <li>
          <h3 className="mb-1 font-semibold text-ink">Then review</h3>
          Each recording comes to the review queue with its words, a summary and the passages worth a second
          listen.
        </li>
        <li>
          <h3 className="mb-1 font-semibold text-ink">Close the lid</h3>
          Work outlives a crash, a restart and an empty battery. It goes on at the last sentence.
        </li>
        <li>
          <h3 className="mb-1 font-semibold text-ink">Find it again</h3>
          Press <Kbd>{shortcut('K')}</Kbd> and type what was said. Press <Kbd>?</Kbd> for all shortcuts.
        </li>
      </ul>
    </div>
  );
}

export function NothingFound({ search, onClear }: { search: LibrarySearch; onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title={search.text === undefined ? 'Nothing fits these filters' : `Nothing found for “${search.text}”`}
      actions={<Button onClick={onClear}>Show everything</Button>}
    >
      {search.text === undefined
        ? 'Remove a filter to see more.'
        : 'Titles, summaries and all that was said were searched. Try fewer or other words.'}
    </EmptyState>
  );
}
