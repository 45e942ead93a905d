import { Component, type ComponentChildren } from "preact";
import { LanguageContext } from "../texts/texts";

/** Shows a way on where the page itself is at fault, in place of an empty one. */
export class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <LanguageContext.Consumer>
        {(language) => (
          <main class="card">
            <p role="alert">{language?.say("broken")}</p>
            <button type="button" class="main" onClick={() => location.reload()}>
              {language?.say("reload")}
            </button>
          </main>
        )}
      </LanguageContext.Consumer>
    );
  }
}
