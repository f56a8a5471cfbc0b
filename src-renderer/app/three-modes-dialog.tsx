import type { Components } from 'react-markdown';
import text from '../../docs/three-modes.md?raw';
import { Dialog } from '../ui/dialog.tsx';
import { Markdown } from './markdown.tsx';

/** The title stands above; pictures show the window, which is there already. */
const body = text.replace(/^# .*\n/, '').replace(/^!\[.*\n/gm, '');

/** Other pages of the documents are not in the window: their links are only words here. */
const components: Components = { img: () => null };

/** The page of the user guide about the modes. */
export function ThreeModesDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Three modes, and why"
      className="w-[min(44rem,calc(100vw-3rem))]"
    >
      <Markdown text={body} extraComponents={components} />
    </Dialog>
  );
}
