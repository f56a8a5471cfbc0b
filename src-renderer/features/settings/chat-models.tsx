import { useQuery } from '@tanstack/react-query';
import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import {
  chatModelNameSchema,
  modelTaskSchema,
  type LocalModel,
  type ModelTask,
} from '../../../src-shared/domain/chat-model.ts';
import { commandQuery, useCommand, type MethodOutput } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Select, SettingRow, TextInput } from '../../ui/field.tsx';
import { formatBytes } from '../../ui/format.ts';
import { DownloadMode, ModelOffer } from './model-offer.tsx';
import { RuntimeAddress } from './runtime-address.tsx';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';

const taskTitles: Record<ModelTask, { title: string; description: string; short: string }> = {
  chat: { title: 'Chat', description: 'Answers questions and picks what to do.', short: 'Chat' },
  describe: {
    title: 'Describing recordings',
    description: 'Titles, summaries, keywords and chapters.',
    short: 'Describing',
  },
  ideas: { title: 'Ideas and captions', description: 'Ideas, captions and plans.', short: 'Ideas' },
};

/** Other programs install and remove models too, and take memory, without anybody being told. */
const lookEveryMs = 5_000;

/** What is on its way comes first, then the one to begin with. */
function rankOf({ state, isRecommended }: LocalModel): number {
  return state === 'available' ? (isRecommended ? 1 : 2) : 0;
}

/** The models that write, what each does, and what else this machine could run. */
export function ChatModels() {
  const { data, error, refetch } = useQuery({
    ...commandQuery('listChatModels', {}),
    staleTime: 0,
    refetchInterval: lookEveryMs,
  });
  if (data === undefined) {
    return (
      <Group title="Writing">
        {error === null ? (
          <RowsSkeleton count={4} />
        ) : (
          <ErrorNotice error={error.dto} retry={() => void refetch()} />
        )}
      </Group>
    );
  }
  const installed = data.models.filter(({ state }) => state === 'installed');
  const others = data.models
    .filter(({ state }) => state !== 'installed')
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  return (
    <>
      <Group
        title="Writing"
        description="Answers, ideas, titles and summaries, by models on this computer. Everything else works without one."
      >
        <Rows>
          <RuntimeRow runtime={data.runtime} />
          {modelTaskSchema.options.map((task) => (
            <TaskRow
              key={task}
              task={task}
              chosen={data.chosen[task]}
              gone={data.gone[task]}
              installed={installed}
            />
          ))}
          <RuntimeAddress />
        </Rows>
      </Group>
      {installed.length === 0 ? null : (
        <Group title="Installed">
          <Rows>
            {installed.map((model) => (
              <ModelOffer key={model.name} model={model} badges={<TaskBadges model={model} />} />
            ))}
          </Rows>
        </Group>
      )}
      <Group
        title="To download"
        action={<DownloadMode />}
        description={`This computer has ${formatBytes(data.memory.totalBytes)} of memory, of which ${formatBytes(data.memory.availableBytes)} are free.`}
      >
        <Rows>
          {others.map((model) => (
            <ModelOffer key={model.name} model={model} />
          ))}
          <AnyModelRow known={data.models} />
        </Rows>
      </Group>
    </>
  );
}

function RuntimeRow({ runtime }: { runtime: MethodOutput<'listChatModels'>['runtime'] }) {
  return (
    <div className="flex items-start gap-2.5 px-4 py-3">
      <span
        className={classNames(
          'mt-1.75 size-1.5 shrink-0 rounded-full',
          runtime.isReady ? 'bg-good' : 'bg-warn',
        )}
      />
      <div>
        <div className="font-medium">
          {runtime.isReady ? 'The runtime is ready' : 'The runtime is not ready'}
        </div>
        {runtime.message === null ? null : <p className="mt-0.5 text-xs text-ink-soft">{runtime.message}</p>}
      </div>
    </div>
  );
}

function TaskBadges({ model }: { model: LocalModel }) {
  return model.tasks.map((task) => (
    <Badge key={task} tone="good">
      <Check aria-hidden /> {taskTitles[task].short}
    </Badge>
  ));
}

interface TaskRowProps {
  task: ModelTask;
  chosen: string | null;
  /** What was chosen and removed by something else since. */
  gone: string | null;
  installed: readonly LocalModel[];
}

function TaskRow({ task, chosen, gone, installed }: TaskRowProps) {
  const choose = useCommand('chooseChatModel');
  const { title, description } = taskTitles[task];
  const able = installed.filter(({ capabilities }) => capabilities.includes('chat'));
  return (
    <SettingRow
      title={title}
      description={
        gone === null ? (
          description
        ) : (
          <span className="text-warn">
            {gone} was chosen, and is no longer installed.{' '}
            {chosen === null ? 'Download it again, or another one.' : `${chosen} is used instead.`}
          </span>
        )
      }
    >
      {({ labelId, descriptionId }) => (
        <Select
          aria-labelledby={labelId}
          aria-describedby={descriptionId}
          value={chosen ?? ''}
          disabled={able.length === 0}
          onChange={(event) => choose.mutate({ task, name: event.target.value })}
        >
          {chosen === null ? <option value="">No model</option> : null}
          {able.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </SettingRow>
  );
}

/** For those who know which model they want. */
function AnyModelRow({ known }: { known: readonly LocalModel[] }) {
  const [name, setName] = useState('');
  const pull = useCommand('pullChatModel', { onSuccess: () => setName('') });
  const wanted = name.trim();
  const isValid = chatModelNameSchema.safeParse(wanted).success;
  const isKnown = known.some((model) => model.name === wanted && model.state === 'installed');
  return (
    <SettingRow
      title="Another model"
      description={
        wanted === '' || isValid
          ? isKnown
            ? 'This one is installed already.'
            : 'By its name in the Ollama library, such as llama3.2:3b.'
          : 'A name has letters, numbers and . _ / : - in it.'
      }
    >
      {({ descriptionId }) => (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid && !isKnown) pull.mutate({ name: wanted });
          }}
        >
          <TextInput
            aria-label="Another model"
            aria-describedby={descriptionId}
            aria-invalid={wanted !== '' && !isValid}
            placeholder="name:size"
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="w-48"
          />
          <Button type="submit" disabled={!isValid || isKnown || pull.isPending}>
            <Download /> Download
          </Button>
        </form>
      )}
    </SettingRow>
  );
}
