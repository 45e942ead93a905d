const ID = "announcer";

/** Where what happens is said to screen readers; there from the first render on, as they need it. */
export function Announcer() {
  return <p id={ID} class="unseen" role="status" aria-live="polite" />;
}

/** Says a text to screen readers; a text that is said twice is heard twice. */
export function announce(text: string): void {
  const announcer = document.getElementById(ID);
  if (!announcer) return;
  announcer.textContent = "";
  requestAnimationFrame(() => {
    announcer.textContent = text;
  });
}
