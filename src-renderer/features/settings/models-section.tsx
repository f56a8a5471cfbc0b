import { useQuery } from '@tanstack/react-query';
import { FileDown, FolderDown, Import } from 'lucide-react';
import { toast } from 'sonner';
import { bridge } from '../../app/bridge.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ChatModels } from './chat-models.tsx';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';
import { SpeechModelRow } from './speech-model-row.tsx';

export function ModelsSection() {
  const { data, error, refetch } = useQuery(commandQuery('listSpeechModels', {}));
  const importModel = useCommand('importSpeechModel', {
    onSuccess: ({ name }) => toast.success(`${name} imported`, { description: 'Choose it below to use it.' }),
  });
  const choose = async (purpose: 'speech-model-file' | 'speech-model-folder') => {
    const [path] = await bridge.choosePaths(purpose);
    if (path !== undefined) importModel.mutate({ path });
  };
  if (data === undefined) {
    return error === null ? (
      <RowsSkeleton count={5} />
    ) : (
      <ErrorNotice error={error.dto} retry={() => void refetch()} />
    );
  }
  return (
    <>
      <Group
        title="Speech"
        description="Turns sound into words. Larger models hear better and take longer."
        action={
          <Menu
            trigger={
              <Button disabled={importModel.isPending}>
                <Import /> {importModel.isPending ? 'Importing…' : 'Import'}
              </Button>
            }
          >
            <MenuItem icon={<FileDown />} onSelect={() => void choose('speech-model-file')}>
              A file (ggml)…
            </MenuItem>
            <MenuItem icon={<FolderDown />} onSelect={() => void choose('speech-model-folder')}>
              A folder (CTranslate2)…
            </MenuItem>
          </Menu>
        }
      >
        <Rows>
          {data.models.map((model) => (
            <SpeechModelRow key={model.modelId} model={model} />
          ))}
        </Rows>
      </Group>
      <ChatModels />
    </>
  );
}
