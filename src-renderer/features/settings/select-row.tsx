import { Select, SettingRow } from '../../ui/field.tsx';

interface SelectRowProps<Value extends string> {
  title: string;
  description: string;
  value: Value;
  /** What can be chosen, each with its words. */
  choices: readonly (readonly [value: Value, words: string])[];
  onChange: (value: Value) => void;
}

/** A setting that is one of several. */
export function SelectRow<Value extends string>(props: SelectRowProps<Value>) {
  const { title, description, value, choices, onChange } = props;
  return (
    <SettingRow title={title} description={description}>
      {({ labelId, descriptionId }) => (
        <Select
          aria-labelledby={labelId}
          aria-describedby={descriptionId}
          className="w-56"
          value={value}
          onChange={({ target }) => {
            const chosen = choices.find(([each]) => each === target.value);
            if (chosen !== undefined) onChange(chosen[0]);
          }}
        >
          {choices.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </SettingRow>
  );
}
