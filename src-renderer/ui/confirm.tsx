import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface ConfirmProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What will happen and what stays. */
  description: ReactNode;
  action: string;
  /** What the other button says, where “Cancel” could be taken for the action itself. */
  wayBack?: string;
  /** For what destroys nothing. */
  look?: 'danger' | 'primary';
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. Escape and the way back change nothing. */
export function Confirm(props: ConfirmProps) {
  const {
    isOpen,
    onOpenChange,
    title,
    description,
    action,
    wayBack = 'Cancel',
    look = 'danger',
    onConfirm,
  } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <AlertDialog.Content className="fixed top-[22vh] left-1/2 z-40 w-[min(26rem,calc(100vw-3rem))] -translate-x-1/2 animate-fade rounded-xl bg-raised p-5 shadow-pop outline-none">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 text-ink-soft">{description}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{wayBack}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look={look} onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
