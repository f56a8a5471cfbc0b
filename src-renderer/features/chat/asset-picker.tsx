import { Paperclip } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { TextInput } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { AssetOptions, optionId, useAssetChoice } from './asset-options.tsx';

interface AssetPickerProps {
  attachedIds: readonly string[];
  onAttach: (assetId: string) => void;
}

/** Finds recordings and attaches them, several in a row if wanted. */
export function AssetPicker({ attachedIds, onAttach }: AssetPickerProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const listId = useId();
  const choice = useAssetChoice(text, isOpen, attachedIds);
  const { highlighted } = choice;
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') choice.move(1);
    else if (event.key === 'ArrowUp') choice.move(-1);
    else if (event.key === 'Enter' && highlighted !== undefined) {
      onAttach(highlighted.assetId);
      setText('');
    } else return;
    event.preventDefault();
  };
  return (
    <Popover
      label="Attach a recording"
      side="top"
      className="w-84 p-1.5"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          aria-label="Attach a recording"
          title="Attach a recording"
          className="flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-hover hover:text-ink data-[state=open]:bg-hover [&_svg]:size-4"
        >
          <Paperclip />
        </button>
      }
    >
      <TextInput
        autoFocus
        type="search"
        role="combobox"
        aria-label="Search recordings"
        aria-expanded
        aria-controls={listId}
        {...(highlighted === undefined
          ? {}
          : { 'aria-activedescendant': optionId(listId, highlighted.assetId) })}
        placeholder="Titles, or words that were said"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
        className="mb-1"
      />
      <AssetOptions
        id={listId}
        choice={choice}
        onChoose={({ assetId }) => {
          onAttach(assetId);
          setText('');
        }}
      />
    </Popover>
  );
}
