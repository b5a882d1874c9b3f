import type { OutputChoice } from '../../protocol.js';
import { OUTPUT_WORDS } from '../describe-output.js';
import { Select } from './controls.js';

/** The choice of result. */
export function OutputSelect({
  value,
  onChange,
}: {
  value: OutputChoice;
  onChange: (value: OutputChoice) => void;
}) {
  const options = (Object.keys(OUTPUT_WORDS) as OutputChoice[]).map((one) => ({
    value: one,
    name: OUTPUT_WORDS[one].name,
  }));
  return (
    <Select
      label="Result"
      value={value}
      options={options}
      help={OUTPUT_WORDS[value].help}
      onChange={onChange}
    />
  );
}
