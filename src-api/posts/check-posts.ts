import type { PostWarnings } from '../../src-shared/contract/post-commands.ts';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import type { Account } from '../../src-shared/domain/account.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { mimeTypeOfFileName } from '../../src-shared/domain/media-mime-types.ts';
import { mediaProbeSchema } from '../../src-shared/domain/media-probe.ts';
import {
  checkContent,
  type CheckedContent,
  type CheckedMedia,
} from '../../src-shared/domain/platforms/check-content.ts';
import { countText, countTextBytes } from '../../src-shared/domain/platforms/count-as-platform.ts';
import type { PostCheck, PostFinding } from '../../src-shared/domain/post-check.ts';
import type { MediaReference, VariantContent } from '../../src-shared/domain/variant-content.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';

type CheckServices = Pick<CommandServices, 'accounts' | 'assets' | 'postQueries'>;

export interface TargetToCheck {
  accountId: string;
  variant: VariantContent | null;
}

export const checkPost: QueryHandler<'check-post'> = {
  answer({ postId, content, targets, dueAt }, services): CommandOutput<'check-post'> {
    return {
      checks: checkTargets(content, targets, services),
      warnings: findWarnings({ postId, content, targets, dueAt }, services),
    };
  },
};

/** What each account's platform says. @throws AppError `input.not-found` for an account that is not there */
export function checkTargets(
  content: VariantContent,
  targets: readonly TargetToCheck[],
  services: CheckServices,
): PostCheck[] {
  return targets.map(({ accountId, variant }) =>
    checkVariant(services.accounts.get(accountId), variant ?? content, services),
  );
}

function checkVariant(account: Account, content: VariantContent, services: CheckServices): PostCheck {
  const { accountId, platform, name, state, limits } = account;
  const checked: CheckedContent = {
    ...content,
    parts: content.parts.map(({ text, media }) => ({
      text,
      media: media.flatMap((reference) => toChecked(reference, services) ?? []),
    })),
  };
  const findings = [...findMissing(content, services), ...checkContent(checked, limits)];
  return {
    accountId,
    platform,
    accountName: name,
    isConnected: state === 'connected',
    parts: content.parts.map(({ text }) => ({
      length: countText(text, limits.text),
      limit: limits.text.maxLength,
      bytes: countTextBytes(text, limits.text),
    })),
    findings: findings
      .filter(({ severity }) => severity === 'error')
      .concat(findings.filter(({ severity }) => severity !== 'error')),
  };
}

function toChecked(
  { assetId, altText, clip }: MediaReference,
  { assets }: CheckServices,
): CheckedMedia | undefined {
  const asset = assets.find(assetId);
  if (asset?.kind === undefined || asset.kind === null) return undefined;
  const probe = mediaProbeSchema.safeParse(asset.probe).data;
  return {
    kind: asset.kind,
    // Of a clip nobody knows before it is cut.
    sizeBytes: clip === null ? asset.sizeBytes : null,
    durationMs: clip === null ? asset.durationMs : clip.endMs - clip.startMs,
    mimeType: mimeTypeOfFileName(asset.path),
    widthPx: probe?.displayWidthPx ?? null,
    heightPx: probe?.displayHeightPx ?? null,
    altText,
  };
}

/** Media that is not in the library, or not there to be sent. */
function findMissing({ parts }: VariantContent, { assets }: CheckServices): PostFinding[] {
  return parts.flatMap(({ media }, partIndex) =>
    media.flatMap(({ assetId, clip }, mediaIndex): PostFinding[] => {
      const asset = assets.find(assetId);
      const say = (rule: string, severity: PostFinding['severity'], message: string): PostFinding[] => [
        { rule, severity, partIndex, mediaIndex, message },
      ];
      if (asset === undefined)
        return say('asset-missing', 'error', 'This recording is not in the library any more.');
      if (asset.isFileMissing) return say('asset-missing', 'error', `The file of “${asset.title}” is gone.`);
      if (asset.status === 'failed' || asset.status === 'rejected') {
        return say('asset-unusable', 'error', `“${asset.title}” cannot be used as it stands.`);
      }
      if (asset.kind === null) {
        return say(
          'asset-not-ready',
          'advice',
          `“${asset.title}” is still being read; it must be ready when it is due.`,
        );
      }
      if (clip !== null && asset.durationMs !== null && clip.endMs > asset.durationMs) {
        return say('clip-too-long', 'error', `The clip ends after “${asset.title}” does.`);
      }
      return [];
    }),
  );
}

/** @throws AppError `input.over-limit` with what stands against it, before anything is promised */
export function refuseUnfit(
  content: VariantContent,
  targets: readonly TargetToCheck[],
  services: CheckServices,
): void {
  const unfit = checkTargets(content, targets, services).filter(({ findings }) =>
    findings.some(({ severity }) => severity === 'error'),
  );
  const [first] = unfit;
  if (first === undefined) return;
  throw new AppError({
    code: 'input.over-limit',
    userMessage: `${first.accountName}: ${first.findings[0]?.message ?? 'it does not fit.'} Nothing was changed. Change the text or the media and try again.`,
    retry: 'never',
    details: { checks: unfit },
  });
}

/** The same for what goes with a post alone, before there is one. @throws AppError `input.over-limit` */
export function refuseUnfitMedia(media: MediaReference, accountId: string, services: CheckServices): void {
  const found = findUnfitMedia(media, accountId, services);
  if (found === undefined) return;
  const { accountName, finding } = found;
  throw new AppError({
    code: 'input.over-limit',
    userMessage: `${accountName}: ${finding.message} Nothing was changed. Choose another recording or clip.`,
    retry: 'never',
    details: { finding },
  });
}

/** Whether the account could take it, as it is or converted. */
export function fitsMedia(media: MediaReference, accountId: string, services: CheckServices): boolean {
  return findUnfitMedia(media, accountId, services) === undefined;
}

function findUnfitMedia(
  media: MediaReference,
  accountId: string,
  services: CheckServices,
): { accountName: string; finding: PostFinding } | undefined {
  const content = {
    parts: [{ text: '', media: [media] }],
    ...{ title: null, contentWarning: null, visibility: null, languages: [] },
  };
  const [check] = checkTargets(content, [{ accountId, variant: null }], services);
  const finding = check?.findings.find(
    ({ severity, mediaIndex }) => severity === 'error' && mediaIndex !== null,
  );
  return check && finding && { accountName: check.accountName, finding };
}

export function findWarnings(
  {
    postId,
    content,
    targets,
    dueAt,
  }: {
    postId: string | undefined;
    content: VariantContent;
    targets: readonly TargetToCheck[];
    dueAt: string | null;
  },
  { postQueries }: Pick<CommandServices, 'postQueries'>,
): PostWarnings {
  const accountIds = targets.map(({ accountId }) => accountId);
  return {
    clashes: dueAt === null ? [] : postQueries.listClashes(accountIds, dueAt, postId),
    duplicates: targets.flatMap(({ accountId, variant }) =>
      postQueries.listDuplicates(accountId, (variant ?? content).parts[0]?.text ?? '', postId),
    ),
  };
}
