// @ts-check
// Runs the Go program and hands requests to it. Needs nothing of Cloudflare:
// the tests run it in Node, too.
import "./build/wasm_exec.js";

/** @typedef {{ handleRequest(request: Request): Promise<Response> }} Binding */

/** @type {Binding | undefined} The running program: one for all requests. */
let running;

/**
 * Starts the program. It is ready when run returns: main does not wait for
 * anything before it serves.
 * @param {WebAssembly.Module} module
 * @param {unknown} env bindings of the worker
 */
function start(module, env) {
  const binding = /** @type {Binding} */ ({});
  const scope = /** @type {any} */ (globalThis);
  scope.context = { binding, env }; // where syumai/workers looks when it starts
  const go = new scope.Go();
  let ready = false;
  const instance = new WebAssembly.Instance(module, {
    ...go.importObject,
    workers: { ready: () => { ready = true; } },
  });
  go.run(instance).catch(console.error).finally(() => {
    if (running === binding) running = undefined;
  });
  if (!ready) throw new Error("the program ended before it was ready");
  return binding;
}

/**
 * Responds to one request. Whatever fails, there is a response, and the next
 * request meets a program that works.
 * @param {WebAssembly.Module} module
 * @param {Request} request
 * @param {unknown} env
 * @returns {Promise<Response>}
 */
export async function respond(module, request, env) {
  const binding = running;
  try {
    return await (running ??= start(module, env)).handleRequest(spelled(request));
  } catch (e) {
    console.error(e);
    if (running === binding) running = undefined;
    return new Response("The server failed.\n", { status: 500, headers: { "content-type": "text/plain;charset=utf-8" } });
  }
}

/**
 * Go's URL parser refuses a "%" that begins no code; http.server and browsers
 * take it for a letter. Spelled as one it stays one.
 * @param {Request} request
 */
function spelled(request) {
  const url = request.url.replace(/%(?![0-9a-f]{2})/gi, "%25");
  return url === request.url ? request : new Request(url, request);
}
