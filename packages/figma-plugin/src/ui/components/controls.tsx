import type { ComponentChildren, ComponentProps } from 'preact';
import { useId } from 'preact/hooks';

/** A push button of Figma's kind. */
export function Button({
  children,
  primary = false,
  ...rest
}: { children: ComponentChildren; primary?: boolean } & ComponentProps<'button'>) {
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} {...rest}>
      {children}
    </button>
  );
}

/** A labelled choice among a few. */
export function Select<Value extends string>({
  label,
  value,
  options,
  help,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly name: string }[];
  help?: string | undefined;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
    </div>
  );
}

/** A labelled number on a track. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  unit = '',
  help,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  help?: string | undefined;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <div class="slider-head">
        <label for={id}>{label}</label>
        <output for={id}>
          {value}
          {unit}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={`${value}${unit}`}
        aria-describedby={help ? `${id}-help` : undefined}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
    </div>
  );
}

/** A labelled yes or no. */
export function Checkbox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}
