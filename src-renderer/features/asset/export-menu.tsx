import { ClipboardCopy, Download } from 'lucide-react';
import { toast } from 'sonner';
import type { TranscriptFormat } from '../../../src-shared/domain/transcript.ts';
import { bridge } from '../../app/bridge.ts';
import { callCommand } from '../../app/command-data.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { fileNameOf } from '../../app/ingest-outcome.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';

const formats: readonly { format: TranscriptFormat; title: string }[] = [
  { format: 'srt', title: 'Subtitles (SRT)' },
  { format: 'vtt', title: 'Web subtitles (VTT)' },
  { format: 'txt', title: 'Plain text (TXT)' },
  { format: 'json', title: 'All data (JSON)' },
];

async function exportAs(assetId: string, format: TranscriptFormat): Promise<void> {
  try {
    const { fileName, text, isComplete } = await callCommand('exportTranscript', { assetId, format });
    const saved = await bridge.saveTextFile(fileName, text);
    if (!saved.ok) showError(saved.error);
    else if (saved.value.savedAs !== null) {
      const name = fileNameOf(saved.value.savedAs);
      if (isComplete) toast.success(`Saved as ${name}`);
      else toast.warning(`Saved as ${name}, as far as it is transcribed`);
    }
  } catch (thrown) {
    showError(toErrorDto(thrown), { onRetry: () => void exportAs(assetId, format) });
  }
}

async function copyText(assetId: string): Promise<void> {
  try {
    const { text, isComplete } = await callCommand('exportTranscript', { assetId, format: 'txt' });
    const copied = await bridge.copyText(text);
    if (copied.ok) toast.success(isComplete ? 'Transcript copied' : 'Copied, as far as it is transcribed');
    else showError(copied.error);
  } catch (thrown) {
    showError(toErrorDto(thrown), { onRetry: () => void copyText(assetId) });
  }
}

export function ExportMenu({ assetId, isDisabled }: { assetId: string; isDisabled: boolean }) {
  return (
    <Menu
      trigger={
        <Button disabled={isDisabled}>
          <Download /> Export
        </Button>
      }
    >
      <MenuLabel>Save the transcript as</MenuLabel>
      {formats.map(({ format, title }) => (
        <MenuItem key={format} onSelect={() => void exportAs(assetId, format)}>
          {title}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<ClipboardCopy />} onSelect={() => void copyText(assetId)}>
        Copy as text
      </MenuItem>
    </Menu>
  );
}
