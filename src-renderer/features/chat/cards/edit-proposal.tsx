import { useState } from 'react';
import type { Approval } from '../../../../src-shared/domain/approval.ts';
import { useCommand } from '../../../app/command-data.ts';
import { ErrorNotice } from '../../../app/error-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ownZone } from '../../../ui/zone-time.ts';
import { defaultWhen, toWhenInput, whenOf, type When } from '../../posts/when.ts';
import { WhenPicker } from '../../posts/when-picker.tsx';
import { applyEdit, type EditableProposal } from './proposal-input.ts';

interface EditProposalProps {
  approval: Approval;
  editable: EditableProposal;
  onClose: () => void;
}

/** Changes words and time of what waits. The former version is void from then on. */
export function EditProposal({ approval, editable, onClose }: EditProposalProps) {
  const [text, setText] = useState(editable.text);
  const [when, setWhen] = useState(() => (editable.when === undefined ? null : beginWith(editable.when)));
  const edit = useCommand('editApproval', { onSuccess: onClose, onError: () => undefined });
  const whenInput = when === null ? undefined : toWhenInput(when);
  const canSave = whenInput !== null && text?.trim() !== '';
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Edit what is proposed"
      description="The changed version waits for your approval; this one no longer counts."
      className="w-[min(36rem,calc(100vw-3rem))]"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!canSave) return;
          edit.mutate({
            approvalId: approval.approvalId,
            input: applyEdit(approval.input, { text: text?.trim(), when: whenInput }),
          });
        }}
      >
        {text === undefined ? null : (
          <textarea
            autoFocus
            aria-label="Words of the post"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="field-sizing-content max-h-72 min-h-24 w-full resize-none rounded-md border border-line bg-raised px-3 py-2 text-base shadow-card outline-none focus-visible:border-accent"
          />
        )}
        {when === null ? null : (
          <div className="mt-4">
            <WhenPicker when={when} onChange={setWhen} accountIds={editable.accountIds} />
          </div>
        )}
        {edit.error === null ? null : <ErrorNotice error={edit.error.dto} className="mt-4" />}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!canSave || edit.isPending}>
            Propose this instead
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function beginWith({ kind, dueAt, zone = ownZone() }: NonNullable<EditableProposal['when']>): When {
  if (kind === 'at' && dueAt !== undefined) return whenOf({ dueAt, zone });
  return { ...defaultWhen(Date.now(), zone), kind: kind === 'now' || kind === 'next-slot' ? kind : 'at' };
}
