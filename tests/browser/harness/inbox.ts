// The inbox that a user would look into: MailDev's, by its REST API.
import { until } from "./wait.ts";

/** A mail, as far as a test looks. */
export interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Caught extends Mail {
  readonly to: readonly { readonly address: string }[];
}

/** The code in a mail, such as `ABCD-EFGH`, and the link that carries it. */
export interface Invitation {
  readonly mail: Mail;
  readonly link: string;
  readonly challengeId: string;
  readonly code: string;
}

export class Inbox {
  /** The address of its page. */
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** All mails to an address, oldest first. */
  async mails(address: string): Promise<readonly Mail[]> {
    const answer = await fetch(`${this.url}/api/email`);
    if (!answer.ok) throw new Error(`the inbox answered ${answer.status}`);
    const all = (await answer.json()) as readonly Caught[];
    return all.filter((mail) => mail.to.some((to) => to.address === address));
  }

  /** Waits until there are so many mails to an address, and returns the newest. */
  async mail(address: string, count = 1): Promise<Mail> {
    return until(`mail ${count} to ${address}`, async () => (await this.mails(address))[count - 1]);
  }

  /** Waits for the mail with a code. */
  async invitation(address: string, count = 1): Promise<Invitation> {
    const mail = await this.mail(address, count);
    const [link, challengeId, code] = /https?:\/\/\S+#\/reset\/([^/\s]+)\/([0-9A-Za-z-]+)/.exec(mail.text) ?? [];
    if (link === undefined || challengeId === undefined || code === undefined) throw new Error("the mail has no link");
    return { mail, link, challengeId, code };
  }
}
