import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { ApiToken } from '../../../src-shared/domain/access.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { formatDateIn } from '../../ui/zone-time.ts';
import { Group, Rows, RowsSkeleton } from '../settings/section-parts.tsx';
import { DoorGroup } from './door-group.tsx';
import { McpGroup } from './mcp-group.tsx';
import { scopeTitles } from './scope-words.ts';
import { TokenDialog } from './token-dialog.tsx';

/** Keys for other programs, and how to let them in. */
export function ApiAccessSection() {
  const { data, error, refetch } = useQuery(commandQuery('listTokens', {}));
  const [isMaking, setIsMaking] = useState(false);
  return (
    <>
      <p className="mb-6 max-w-xl text-ink-soft">
        Other programs can use Longhand as you do, as far as you let them. Whatever would leave this computer
        waits for you under Approvals.
      </p>
      <Group
        title="Tokens"
        description="One for each program, so that you can shut out one without the others."
        action={
          <Button look={data?.tokens.length === 0 ? 'primary' : 'plain'} onClick={() => setIsMaking(true)}>
            <Plus /> Make a token…
          </Button>
        }
      >
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton count={2} />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : data.tokens.length === 0 ? (
          <p className="rounded-xl border border-dashed border-line-strong px-4 py-6 text-center text-ink-soft">
            No program has a token.
          </p>
        ) : (
          <Rows>
            {data.tokens.map((token) => (
              <TokenRow key={token.tokenId} token={token} />
            ))}
          </Rows>
        )}
      </Group>
      <DoorGroup />
      <McpGroup />
      <TokenDialog isOpen={isMaking} onOpenChange={setIsMaking} />
    </>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const zone = useZone();
  const nowMs = useNow(30_000);
  const [isAsking, setIsAsking] = useState(false);
  const revoke = useCommand('revokeToken', {
    onSuccess: () => toast('Revoked', { description: `${token.name} is shut out from now on.` }),
  });
  const isRevoked = token.revokedAt !== null;
  return (
    <div className="flex items-start gap-3.5 px-4 py-3">
      <KeyRound className="mt-1 size-4 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{token.name}</span>
          <code className="font-mono text-xs text-ink-faint">…{token.ending}</code>
          {isRevoked ? <Badge>Revoked</Badge> : null}
        </div>
        <p className="mt-0.5 text-xs text-ink-soft">
          {token.scopes.map((scope) => scopeTitles[scope]).join(' · ')}
        </p>
        <p className="mt-0.5 text-xs text-ink-faint">
          Made {formatDateIn(token.createdAt, zone)},{' '}
          {token.lastUsedAt === null ? 'never used' : `last used ${formatRelative(token.lastUsedAt, nowMs)}`}
        </p>
      </div>
      {isRevoked ? null : (
        <Button size="small" onClick={() => setIsAsking(true)} aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      )}
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Shut out ${token.name}?`}
        description="It cannot use Longhand any more, and what it asked for and you have not approved is void. What was done stays done."
        action="Revoke"
        onConfirm={() => revoke.mutate({ tokenId: token.tokenId })}
      />
    </div>
  );
}
