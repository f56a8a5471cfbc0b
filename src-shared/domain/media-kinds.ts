import type { AssetKind } from './asset.ts';

/**
 * The file names Longhand looks at when it scans a folder. Only a first sieve: what a file really is, its content
 * decides. Without the dot, in lower case. Not "ts": folders of source code are full of it.
 */
const extensionsByKind = {
  video: ['mp4', 'm4v', 'mov', 'qt', 'mkv', 'webm', 'avi', '3gp', 'mpg', 'mpeg', 'mts', 'm2ts'],
  audio: [
    'mp3',
    'm4a',
    'm4b',
    'aac',
    'wav',
    'wave',
    'flac',
    'ogg',
    'oga',
    'opus',
    'aif',
    'aiff',
    'aifc',
    'mka',
    'weba',
  ],
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif', 'avif'],
} as const satisfies Record<AssetKind, readonly string[]>;

const kindByExtension = new Map<string, AssetKind>(
  (['video', 'audio', 'image'] as const).flatMap((kind) =>
    extensionsByKind[kind].map((extension) => [extension, kind] as const),
  ),
);

/** What a download or a copy in progress is called by browsers, download managers and synchronising programs. */
const temporaryNameEndings = [
  '.part',
  '.crdownload',
  '.download',
  '.partial',
  '.tmp',
  '.temp',
  '.opdownload',
];

/** The part after the last dot in lower case, or '' if there is none. Takes a name or a path. */
export function fileExtensionOf(fileName: string): string {
  const lastSegment = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const dotIndex = lastSegment.lastIndexOf('.');
  return dotIndex <= 0 ? '' : lastSegment.slice(dotIndex + 1).toLowerCase();
}

/** The kind that a file's name promises, or null if the name promises no media. */
export function mediaKindOfFileName(fileName: string): AssetKind | null {
  return kindByExtension.get(fileExtensionOf(fileName)) ?? null;
}

/** Hidden files, half-finished downloads and editors' left-overs: never imported, whatever they hold. */
export function isTemporaryFileName(fileName: string): boolean {
  const name = fileName.toLowerCase();
  return (
    name.startsWith('.') ||
    name.startsWith('~') ||
    name.endsWith('~') ||
    temporaryNameEndings.some((ending) => name.endsWith(ending))
  );
}

/** Whether a scan should look at a file of this name (no path): a media extension, and no temporary file. */
export function isMediaFileName(fileName: string): boolean {
  return !isTemporaryFileName(fileName) && mediaKindOfFileName(fileName) !== null;
}

/** Every extension a file dialog should offer, without the dot. */
export const mediaFileExtensions: readonly string[] = [...kindByExtension.keys()];
