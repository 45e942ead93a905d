import type { ComponentChildren, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useServices } from "../services";
import { announce } from "./announce";

let isFirst = true;

interface StepProps {
  readonly heading: string;
  /** What the step begins with; its heading if not given. */
  readonly focus?: RefObject<HTMLElement | null>;
  readonly children: ComponentChildren;
}

/** One step of the reset: names the page after itself, says so, and takes the focus, but for that with which the page opened. */
export function Step({ heading, focus, children }: StepProps) {
  const { settings } = useServices();
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    scrollTo(0, 0);
    (focus?.current ?? title.current)?.focus();
    announce(heading);
  }, []);
  useLayoutEffect(() => {
    document.title = `${heading} – ${settings.service}`;
  }, [heading]);
  return (
    <div class="step">
      <h1 ref={title} tabIndex={-1}>
        {heading}
      </h1>
      {children}
    </div>
  );
}
