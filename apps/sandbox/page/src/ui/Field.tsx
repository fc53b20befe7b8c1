import type { Signal } from '@preact/signals';

export interface FieldProps {
  readonly label: string;
  readonly value: Signal<string>;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
}

/** A line of text with its label. */
export function Field({ label, value, isRequired = false, placeholder }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        value={value.value}
        required={isRequired}
        placeholder={placeholder}
        autoComplete="off"
        onInput={({ currentTarget }) => {
          value.value = currentTarget.value;
        }}
      />
    </label>
  );
}
