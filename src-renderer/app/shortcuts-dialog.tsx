import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { shortcut } from './bridge.ts';

const groups = [
  {
    title: 'Everywhere',
    keys: [
      ['Go to anything', [shortcut('K')]],
      ['The places of the sidebar, in order', [shortcut('1'), shortcut('2'), '…']],
      ['New post', [shortcut('Shift N')]],
      ['Add files', [shortcut('O')]],
      ['Show these shortcuts', ['?']],
    ],
  },
  {
    title: 'Chat',
    keys: [
      ['New conversation', [shortcut('N')]],
      ['Send, new line', ['Enter', 'Shift Enter']],
      ['Stop the answer', ['Esc']],
      ['Mention a recording', ['@']],
      ['Previous, next conversation', [shortcut('['), shortcut(']')]],
      ['Search conversations', ['/']],
    ],
  },
  {
    title: 'Library',
    keys: [
      ['Search', ['/']],
      ['Move', ['←', '↑', '↓', '→']],
      ['Open', ['Enter']],
      ['Select, extend', ['X', 'Shift ↓']],
      ['Remove', ['Delete']],
    ],
  },
  {
    title: 'Player',
    keys: [
      ['Play or pause', ['Space', 'K']],
      ['Back, forward 5 seconds', ['←', '→']],
      ['Back, forward 10 seconds', ['J', 'L']],
      ['Slower, faster', ['<', '>']],
    ],
  },
  {
    title: 'Transcript',
    keys: [
      ['Next, previous line', ['↓', '↑']],
      ['Edit the line', ['Enter']],
      ['Split while editing', [shortcut('Enter')]],
      ['Find and replace', [shortcut('F')]],
      ['Undo, redo', [shortcut('Z'), shortcut('Shift Z')]],
    ],
  },
  {
    title: 'Review',
    keys: [
      ['Next, previous', ['J', 'K']],
      ['Approve', ['A']],
      ['Reject', ['R']],
      ['Edit', ['E']],
      ['Play', ['Space']],
    ],
  },
  {
    title: 'Calendar',
    keys: [
      ['Month, week, day', ['M', 'W', 'D']],
      ['Back, today, forward', ['[', 'T', ']']],
      ['Next, previous post', ['→', '←']],
      ['Move a post by a day', ['Alt →', 'Alt ←']],
      ['By a week, or 15 minutes', ['Alt ↓', 'Alt ↑']],
      ['New post', ['N']],
    ],
  },
  {
    title: 'Writing a post',
    keys: [
      ['Add to the thread', [shortcut('Enter')]],
      ['Schedule', [shortcut('Shift Enter')]],
    ],
  },
  {
    title: 'Approvals',
    keys: [
      ['Next, previous', ['J', 'K']],
      ['Approve', ['A']],
      ['Reject', ['R']],
    ],
  },
] as const;

export function ShortcutsDialog({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      className="w-[min(46rem,calc(100vw-3rem))]"
    >
      <div className="columns-1 gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 font-semibold">{group.title}</h3>
            <dl>
              {group.keys.map(([name, keys]) => (
                <div key={name} className="flex items-center justify-between gap-4 py-1">
                  <dt className="text-ink-soft">{name}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
