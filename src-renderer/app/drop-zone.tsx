import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { addPaths } from './add-media.ts';
import { bridge } from './bridge.ts';
import { dropTaker } from './drop-taker.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

async function addDropped(files: readonly File[]): Promise<void> {
  const paths = files.map((file) => bridge.pathOfFile(file)).filter((path) => path !== null);
  if (paths.length < files.length) {
    toast.error('Some of it cannot be added', {
      description:
        'Only files and folders from this computer can be dropped here, not content of other programs.',
    });
  }
  const assetIds = await addPaths(paths);
  if (assetIds.length > 0) dropTaker()?.(assetIds);
}

/** Takes files and folders that are dropped anywhere on the window. */
export function DropZone() {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Moving over child elements fires enter and leave in pairs; only the balance tells whether it is still inside.
    let depth = 0;
    const controller = new AbortController();
    const listen = (
      type: 'dragenter' | 'dragleave' | 'dragover' | 'drop',
      handle: (event: DragEvent) => void,
    ) => {
      const listener = (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        handle(event);
      };
      window.addEventListener(type, listener, { signal: controller.signal });
    };
    listen('dragenter', () => {
      depth += 1;
      setIsOver(true);
    });
    listen('dragleave', () => {
      depth -= 1;
      if (depth <= 0) {
        depth = 0;
        setIsOver(false);
      }
    });
    listen('dragover', (event) => {
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    });
    listen('drop', (event) => {
      depth = 0;
      setIsOver(false);
      void addDropped([...(event.dataTransfer?.files ?? [])]);
    });
    return () => controller.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-0 z-50 flex animate-fade items-center justify-center bg-canvas/85 backdrop-blur-sm"
    >
      <div className="absolute inset-3 rounded-2xl border-2 border-dashed border-accent" />
      <div className="text-center">
        <ArrowDownToLine className="mx-auto size-10 stroke-[1.25] text-accent" />
        <p className="mt-4 font-serif text-3xl">
          {dropTaker() === null ? 'Drop to add' : 'Drop to add and ask about it'}
        </p>
        <p className="mt-1.5 text-base text-ink-soft">
          Audio, video, images, or whole folders. The originals stay where they are.
        </p>
      </div>
    </div>
  );
}
