import { CircleAlert, Cpu, LoaderCircle, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCommand } from '../../app/command-data.ts';
import { openSettings } from '../../app/navigation.ts';
import { retryPart } from '../../app/status-strip.tsx';
import { Button } from '../../ui/button.tsx';
import { DownloadMode, ModelOffer } from '../settings/model-offer.tsx';
import type { Readiness } from './model-readiness.ts';

/** What stands between the person and an answer, with the way out. Nothing while all is well. */
export function ModelState({ readiness }: { readiness: Readiness }) {
  const choose = useCommand('chooseChatModel');
  switch (readiness.state) {
    case 'ready':
    case 'unknown':
      return null;
    case 'runtime-starting':
      return (
        <Panel icon={<LoaderCircle className="animate-spin" />} title="The local model runtime is starting">
          {readiness.message} What you write is kept, and can be sent as soon as it is there.
        </Panel>
      );
    case 'no-runtime':
      return (
        <Panel
          icon={<CircleAlert />}
          title="The local model runtime is not running"
          actions={
            <>
              {readiness.canRetry ? (
                <Button size="small" look="primary" onClick={() => void retryPart('ollama')}>
                  <RotateCw /> Start it again
                </Button>
              ) : null}
              <Button size="small" onClick={() => openSettings('models')}>
                Open models
              </Button>
            </>
          }
        >
          {readiness.message} All that was said here can be read, and looking up, searching and scheduling
          work too.
        </Panel>
      );
    case 'no-model':
      return (
        <Panel
          icon={<Cpu />}
          title={readiness.isOnItsWay ? 'A model is on its way' : 'Get a model to talk with'}
          actions={
            <>
              <Button size="small" onClick={() => openSettings('models')}>
                See all models
              </Button>
              <span className="ml-auto self-center">
                <DownloadMode />
              </span>
            </>
          }
        >
          Answers are written by a model on this computer; nothing of yours leaves it. It is downloaded once.
          Looking up, searching and scheduling work without one.
          <ul className="mt-3 flex flex-col divide-y divide-line rounded-lg border border-line bg-raised">
            {readiness.offers.map((model) => (
              <li key={model.name} className="[@media(max-height:56rem)]:not-first:hidden">
                <ModelOffer model={model} />
              </li>
            ))}
          </ul>
        </Panel>
      );
    case 'too-large':
      return (
        <Panel
          icon={<CircleAlert />}
          title={
            readiness.isForNow
              ? `There is no room for ${readiness.model.name} right now`
              : `${readiness.model.name} is too large for this computer`
          }
          actions={
            <>
              {readiness.others.map(({ name }) => (
                <Button key={name} size="small" onClick={() => choose.mutate({ task: 'chat', name })}>
                  Use {name}
                </Button>
              ))}
              <Button size="small" look="ghost" onClick={() => openSettings('models')}>
                Open models
              </Button>
            </>
          }
        >
          {readiness.model.fit.reason}
        </Panel>
      );
  }
}

interface PanelProps {
  icon: ReactNode;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

function Panel({ icon, title, actions, children }: PanelProps) {
  return (
    <section aria-label={title} className="mb-3 flex gap-3 rounded-xl bg-panel p-4">
      <span className="mt-0.5 text-ink-soft [&_svg]:size-4">{icon}</span>
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{title}</h2>
        <div className="mt-0.5 text-ink-soft">{children}</div>
        {actions === undefined ? null : <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </section>
  );
}
