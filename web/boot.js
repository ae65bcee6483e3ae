// @ts-check
// Starts the page's program, and explains in plain HTML when that is not
// possible. Everything else is the program's.

/** Colours chosen by hand are set before the first paint. */
try {
  const theme = localStorage.getItem("vitrine.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off; the system's colours it is.
}

// Until the program listens, a dropped file must not replace this page.
for (const name of ["dragover", "drop"]) addEventListener(name, (e) => e.preventDefault());

/**
 * Shows why the page cannot go on.
 * @param {"framed" | "insecure" | "noworker" | "nowasm" | "load" | "stopped"} why
 * @param {unknown} [detail]
 */
function halt(why, detail) {
  const box = /** @type {HTMLElement} */ (document.getElementById("halt"));
  if (!box.hidden) return; // the first reason is the one that counts
  for (const s of box.querySelectorAll("section")) s.hidden = s.dataset.halt !== why;
  for (const w of box.querySelectorAll(".halt-where")) w.textContent = location.origin;
  if (detail !== undefined) {
    const line = /** @type {HTMLElement} */ (document.getElementById("halt-detail"));
    line.textContent = `What the browser says: ${detail}`;
    line.hidden = false;
  }
  box.hidden = false;
  document.body.dataset.view = "halt";
  box.focus();
}

/**
 * The program, compiled while it arrives where the host labels it rightly.
 * @param {WebAssembly.Imports} imports
 */
async function program(imports) {
  const response = await fetch("page.wasm");
  if (!response.ok) throw new Error(`page.wasm: ${response.status} ${response.statusText}`);
  if (response.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.instantiateStreaming(response, imports);
  }
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

// The scripts that may be started by their URL, see the policy in index.html.
const STARTED = /** @type {string[]} */ ([CONTRACT.folders, CONTRACT.toolScript, CONTRACT.workerScript]);
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("scripts", {
  createScriptURL: (/** @type {string} */ script) => {
    if (!STARTED.includes(script)) throw new TypeError(`${script} is not started by its URL`);
    return script;
  },
});
/** @param {string} script @returns {string} */
const scriptURL = (script) => policy?.createScriptURL(script) ?? script;

/** Starts the page's own worker, for the program. */
function startFolders() {
  return new Worker(scriptURL(CONTRACT.folders));
}

/**
 * Has a service worker keep this page, for the program.
 * @param {string} script
 */
function keepOffline(script) {
  navigator.serviceWorker.register(scriptURL(script), { updateViaCache: "none" }).catch(() => {}); // then the page needs its host
}

async function boot() {
  // A page that shows this one could have the person press its buttons. The
  // server forbids it; a static host may not be able to.
  if (top !== self) return halt("framed");
  if (!isSecureContext) return halt("insecure");
  if (!("serviceWorker" in navigator)) return halt("noworker");
  if (typeof WebAssembly !== "object") return halt("nowasm");
  let running;
  try {
    // wasm_exec.js comes with the Go distribution and defines Go.
    const go = new /** @type {any} */ (globalThis).Go();
    const { instance } = await program(go.importObject);
    running = go.run(instance);
  } catch (e) {
    return halt("load", e);
  }
  await running;
  halt("stopped");
}

addEventListener("DOMContentLoaded", () => {
  document.addEventListener("click", (e) => {
    const b = e.target instanceof Element && e.target.closest("[data-boot=retry]");
    if (b) location.reload();
  });
  boot().catch((e) => halt("stopped", e));
});
