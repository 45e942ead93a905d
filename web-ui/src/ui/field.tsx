import type { ComponentChildren, JSX, RefObject } from "preact";
import { useId } from "preact/hooks";

interface FieldProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "id" | "ref" | "label" | "value" | "onInput"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value; the field is then marked, and says so when it has the focus. */
  readonly error?: string | null;
  /** Stands at the end of the field's line. */
  readonly beside?: ComponentChildren;
}

/** A labelled field with its hint and its error. */
export function Field({ label, value, onValue, input, hint, error, beside, ...rest }: FieldProps) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="line">
        <input
          {...rest}
          id={id}
          ref={input}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        />
        {beside}
      </div>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
