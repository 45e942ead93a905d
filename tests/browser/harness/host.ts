// A host for the page alone, as docs/page.md tells how to make one.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { origin } from "./settings.ts";

/** The headers of each path. */
type Headers = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

/** Serves what `_headers` names in a folder, with these headers and no others, as some CDNs do. */
export class Host {
  readonly #folder: string;
  readonly #headers: Headers;
  readonly #server: Server;
  /** Where it is, without a slash at the end. */
  readonly origin: string;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#headers = read(readFileSync(join(folder, "_headers"), "utf8"));
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.origin = origin(port);
  }

  static async start(folder: string, port: number): Promise<Host> {
    const host = new Host(folder, port);
    await new Promise<void>((done, fail) => {
      host.#server.once("error", fail).listen(port, "127.0.0.1", done);
    });
    return host;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #answer({ url = "/" }: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(url, this.origin);
    const headers = this.#headers.get(pathname);
    if (headers === undefined) {
      response.writeHead(404).end();
      return;
    }
    for (const [name, value] of headers) response.setHeader(name, value);
    response.end(readFileSync(join(this.#folder, pathname === "/" ? "index.html" : pathname)));
  }
}

/** A `_headers` file: a path, and below it, indented, a header a line. */
function read(text: string): Headers {
  const all = new Map<string, (readonly [string, string])[]>();
  let own: (readonly [string, string])[] = [];
  for (const line of text.split("\n").filter(Boolean)) {
    const [, name, value] = /^\s+([\w-]+): (.+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) own.push([name, value]);
    else all.set(line, (own = []));
  }
  return all;
}
