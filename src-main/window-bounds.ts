import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import writeFileAtomic from 'write-file-atomic';

const savedBoundsSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(600),
  height: z.int().min(400),
  isMaximised: z.boolean(),
});
type SavedBounds = z.infer<typeof savedBoundsSchema>;

/** Where the window stood last, if that place is still on a screen. */
export function readSavedBounds(file: string): SavedBounds | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return undefined; // The first start: there is no such file yet.
  }
  const parsed = savedBoundsSchema.safeParse(parseJson(content));
  return parsed.success && isOnAScreen(parsed.data) ? parsed.data : undefined;
}

/** Keeps the window's place for the next start. */
export function saveBoundsOnClose(
  window: BrowserWindow,
  file: string,
  onError: (error: unknown) => void,
): void {
  window.on('close', () => {
    const saved: SavedBounds = { ...window.getNormalBounds(), isMaximised: window.isMaximized() };
    writeFileAtomic(file, JSON.stringify(saved)).catch(onError);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut off by a crash: the window then opens at its usual place.
  }
}

function isOnAScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const visibleWidth =
    Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
  return visibleWidth > 100 && bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 50;
}
