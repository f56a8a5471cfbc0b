import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';

interface RenameDialogProps {
  title: string;
  onClose: () => void;
  onSave: (title: string) => void;
}

export function RenameDialog({ title, onClose, onSave }: RenameDialogProps) {
  const [draft, setDraft] = useState(title);
  const isValid = draft.trim() !== '';
  return (
    <Dialog isOpen onOpenChange={onClose} title="Rename the conversation">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isValid) return;
          if (draft.trim() !== title) onSave(draft.trim());
          onClose();
        }}
      >
        <TextInput
          autoFocus
          aria-label="Title"
          maxLength={200}
          value={draft}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.target.value)}
        />
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!isValid}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
