// The SDK in WebAssembly, run by Node.js against a service on this host. Built by run.sh.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const sdk = createRequire(import.meta.url)(process.argv[2]);
const requests = {};
const envelope = (result) => JSON.stringify({ success: true, errors: [], messages: [], result });
const token = { id: "1", name: "CI/CD token", client_id: "c", client_secret: "the secret" };

const server = createServer((request, response) => {
  const account = request.url.split("/")[2];
  requests[account] = (requests[account] ?? 0) + 1;
  const json = (status, result, headers) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(envelope(result));
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    switch (account) {
      case "good":
        assert.equal(request.headers.authorization, "Bearer test-token");
        if (request.method === "POST") assert.deepEqual(JSON.parse(body), { name: "CI/CD token" });
        return json(200, token);
      case "busy":
        return requests.busy === 1 ? json(503, null, { "retry-after": "0" }) : json(200, token);
      case "broken":
        return request.socket.destroy();
      case "stalled":
        return;
      case "moved":
        return json(307, null, { location: "/accounts/elsewhere/access/service_tokens" });
      case "large":
        for (let piece = 0; piece < 100; piece++) response.write(Buffer.alloc(10_000));
        return response.end();
      case "packed": {
        const packed = gzipSync(Buffer.alloc(1_000_000));
        return response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed);
      }
      case "cut":
        response.writeHead(200, { "content-length": 100 }).write("half");
        return setTimeout(() => request.socket.destroy(), 50);
      case "events":
        response.writeHead(200, { "content-type": "text/event-stream" });
        return response.end("data: one\n\ndata: two\n\n");
    }
  });
});

server.listen(0, "127.0.0.1", async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  try {
    assert.equal(await sdk.create(base, "good"), "the secret");
    assert.equal(await sdk.get(base, "good"), "CI/CD token");
    assert.equal(await sdk.create(base, "busy"), "the secret");
    assert.equal(requests.busy, 2, "503 with Retry-After: sent again");
    assert.match(await sdk.create(base, "broken"), /^sent: None|^sent: Some\(true\)/);
    assert.equal(requests.broken, 1, "a POST without an answer isn't sent again");
    assert.equal(await sdk.get(base, "stalled"), "timeout after 2 attempts");
    assert.equal(requests.stalled, 2, "a GET without an answer is sent again");
    assert.match(await sdk.create(base, "moved"), /307|redirects/);
    assert.equal(requests.elsewhere, undefined, "credentials don't follow a redirect");
    assert.equal(await sdk.download(base, "/accounts/large"), "1000000");
    assert.equal(await sdk.download(base, "/accounts/packed"), "1000000");
    assert.match(await sdk.download(base, "/accounts/cut"), /broke off/);
    assert.equal(await sdk.events(base, "/accounts/events"), "one two");
    console.log("the SDK works in WebAssembly");
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});
