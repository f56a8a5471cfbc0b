import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { ModeBadge } from '../../app/mode-badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ExplanationView } from '../chat/cards/explanation-view.tsx';

/** Why something is as it is, from what was recorded: no model is needed. */
export function WhatHappened({ entityId }: { entityId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="ghost" onClick={() => setIsOpen(true)}>
        <CircleHelp /> What happened?
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="What happened"
        description="From receipts, approvals, the audit and the work engine."
        className="w-[min(42rem,calc(100vw-3rem))]"
      >
        <Told entityId={entityId} />
      </Dialog>
    </>
  );
}

function Told({ entityId }: { entityId: string }) {
  const { data, error, refetch } = useQuery(commandQuery('explainWhatHappened', { entityId }));
  if (data === undefined) {
    return error === null ? (
      <Skeleton className="h-48 rounded-xl" />
    ) : (
      <ErrorNotice error={error.dto} retry={() => void refetch()} />
    );
  }
  return (
    <>
      <div className="overflow-hidden rounded-xl border border-line">
        <ExplanationView explanation={data} />
      </div>
      <div className="mt-3">
        <ModeBadge mode="think" reason="Looking back changes nothing, so it is answered here and now." />
      </div>
    </>
  );
}
