// The worker as Cloudflare runs it.
import program from "./build/app.wasm";
import { respond } from "./program.mjs";

export default {
  /** @param {Request} request @param {unknown} env */
  fetch: (request, env) => respond(program, request, env),
};
