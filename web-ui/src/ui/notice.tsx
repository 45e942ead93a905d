import type { ComponentChildren } from "preact";

/** Something about the step as a whole. A problem is read out at once. */
export function Notice({ problem, children }: { readonly problem?: boolean; readonly children: ComponentChildren }) {
  return (
    <p class={problem ? "notice problem" : "notice"} role={problem ? "alert" : "status"}>
      {children}
    </p>
  );
}
