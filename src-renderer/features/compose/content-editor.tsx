import { Plus } from 'lucide-react';
import { useRef } from 'react';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { PostFinding } from '../../../src-shared/domain/post-check.ts';
import type { VariantContent, Visibility } from '../../../src-shared/domain/variant-content.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { shortcut } from '../../app/bridge.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { withPart, withPartAdded, withPartRemoved, type featuresOf } from './composer-state.ts';
import { FindingList } from './finding-list.tsx';
import { PartEditor } from './part-editor.tsx';

interface ContentEditorProps {
  content: VariantContent;
  accounts: readonly Account[];
  features: ReturnType<typeof featuresOf>;
  findings: readonly PostFinding[];
  onChange: (content: VariantContent) => void;
}

const visibilities: Record<Visibility, string> = {
  public: 'Everyone',
  unlisted: 'Everyone, not in timelines',
  followers: 'Followers',
  mentioned: 'Those mentioned',
};

const listing = new Intl.ListFormat('en');
const inWords = (names: readonly string[]) => listing.format(names);

/** The words, pictures and recordings of a post, and of the thread that follows it. */
export function ContentEditor({ content, accounts, features, findings, onChange }: ContentEditorProps) {
  const rootRef = useRef<HTMLDivElement>(null);
  const count = content.parts.length;
  const { contentWarningOn, visibilityOn } = features;
  const add = (after: number) => {
    onChange(withPartAdded(content, after));
    requestAnimationFrame(() =>
      rootRef.current?.querySelector<HTMLElement>(`[data-part="${after + 1}"]`)?.focus(),
    );
  };
  const canAdd = count < features.mostParts;
  return (
    <div ref={rootRef}>
      {features.hasTitle ? (
        <TextInput
          aria-label="Title"
          placeholder="Title, for the feed or the video"
          value={content.title ?? ''}
          maxLength={500}
          onChange={({ target }) =>
            onChange({ ...content, title: target.value === '' ? null : target.value })
          }
          className="mb-3 h-10 text-base font-semibold"
        />
      ) : null}
      <ol className="flex flex-col gap-3">
        {content.parts.map((part, index) => (
          <li key={index}>
            <PartEditor
              part={part}
              index={index}
              count={count}
              accounts={accounts}
              findings={findings.filter(({ partIndex }) => partIndex === index)}
              onChange={(change) => onChange(withPart(content, index, change))}
              onAddAfter={canAdd ? () => add(index) : undefined}
              onRemove={() => onChange(withPartRemoved(content, index))}
            />
          </li>
        ))}
      </ol>
      <div className="mt-3 flex items-center gap-3">
        {canAdd ? (
          <Button look="ghost" size="small" onClick={() => add(count - 1)}>
            <Plus /> Add to the thread <Kbd>{shortcut('Enter')}</Kbd>
          </Button>
        ) : null}
      </div>
      {contentWarningOn.length > 0 || visibilityOn.length > 0 ? (
        <div className="mt-5 grid gap-3 border-t border-line pt-4 sm:grid-cols-2">
          {contentWarningOn.length === 0 ? null : (
            <Labelled
              label="Content warning"
              hint={`${inWords(contentWarningOn)} ${contentWarningOn.length === 1 ? 'shows' : 'show'} it in place of the text.`}
            >
              <TextInput
                placeholder="None"
                value={content.contentWarning ?? ''}
                maxLength={500}
                onChange={({ target }) =>
                  onChange({ ...content, contentWarning: target.value === '' ? null : target.value })
                }
              />
            </Labelled>
          )}
          {visibilityOn.length === 0 ? null : (
            <Labelled label="Who sees it" hint={`On ${inWords(visibilityOn)}.`}>
              <Select
                className="w-full min-w-0"
                value={content.visibility ?? ''}
                onChange={({ target }) =>
                  onChange({
                    ...content,
                    visibility: target.value === '' ? null : (target.value as Visibility),
                  })
                }
              >
                <option value="">As set for the account</option>
                {Object.entries(visibilities).map(([value, title]) => (
                  <option key={value} value={value}>
                    {title}
                  </option>
                ))}
              </Select>
            </Labelled>
          )}
        </div>
      ) : null}
      <FindingList findings={findings.filter(({ partIndex }) => partIndex === null)} className="mt-4" />
    </div>
  );
}
