import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';

interface MarkDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  onMark: (url: string | null) => void;
}

/** Says that a post stands on its platform, with its address where one has it. */
export function MarkDialog({ isOpen, onOpenChange, title, onMark }: MarkDialogProps) {
  const [address, setAddress] = useState('');
  const trimmed = address.trim();
  const isValid = trimmed === '' || (URL.canParse(trimmed) && /^https?:/.test(trimmed));
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={title} description="It is not sent again.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isValid) return;
          onOpenChange(false);
          onMark(trimmed === '' ? null : trimmed);
        }}
      >
        <Labelled label="Link to the post, if you have it">
          <TextInput
            autoFocus
            placeholder="https://…"
            aria-invalid={!isValid}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </Labelled>
        {isValid ? null : <p className="mt-1.5 text-xs text-bad">An address begins with https://.</p>}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!isValid}>
            Mark it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
