// A service that answers what a test tells it to, and remembers what it was asked.
import { once } from "node:events";
import { createServer } from "node:http";

export async function serve(answer) {
  const seen = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method, path: request.url, headers: request.headers, body: body && JSON.parse(body) });
    answer(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An answer with a problem, or with whatever else. */
export function problem(status, fields, headers = {}) {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/problem+json", "X-Request-Id": "abc", ...headers });
    response.end(JSON.stringify({ type: "about:blank", title: "A title", status, ...fields }));
  };
}

export function plain(status, type, body, headers = {}) {
  return (response) => response.writeHead(status, { "Content-Type": type, ...headers }).end(body);
}
