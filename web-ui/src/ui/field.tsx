import type { AllHTMLAttributes, ComponentChildren, InputHTMLAttributes, RefObject } from "preact";
import { useId } from "preact/hooks";

/** What of an input a step may choose. */
type Input = Pick<
  AllHTMLAttributes<HTMLInputElement>,
  "autocapitalize" | "autocomplete" | "class" | "dir" | "inputMode" | "name" | "readOnly" | "required" | "spellcheck"
>;

interface FieldProps extends Input {
  readonly type?: "email" | "password" | "text";
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value; the field is then marked, and says so when it has the focus. */
  readonly error?: string | null;
  /** Stands at the end of the label's line. */
  readonly beside?: ComponentChildren;
}

/** A labelled field with its hint and its error. */
export function Field({ label, value, onValue, input, hint, error, beside, type = "text", ...rest }: FieldProps) {
  const id = useId();
  // Each type of input has types of its own, which a choice of three does not fit.
  const own = { ...rest, type } as InputHTMLAttributes<HTMLInputElement>;
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <div class="labels">
        <label for={id}>{label}</label>
        {beside}
      </div>
      <input
        {...own}
        id={id}
        ref={input}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={described || undefined}
      />
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
