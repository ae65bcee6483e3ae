// @ts-check
// Says for the page whether a file of a folder that was dropped is what it was,
// where to read it does not tell (Firefox), and the folder has entries, which
// only a page can ask. A fetch waits for it, and the program would take as long
// as all the rest of the fetch. What is asked and said is what the program
// understands too: it gets whatever is not for here, or too much.

/** How many files are looked at at once. */
const MAX_PROOFS = 64;

/**
 * What takes the messages of a site's worker.
 * @param {FileSystemDirectoryEntry | undefined} root the folder, if it has one
 * @param {(event: MessageEvent) => void} program takes all others
 * @returns {(event: MessageEvent) => void}
 */
function withProofs(root, program) {
  if (!root) return program;
  let looking = 0;
  return (event) => {
    const { vitrine, type, number, name } = event.data ?? {};
    const proof = vitrine === CONTRACT.portVersion && type === CONTRACT.look && number > CONTRACT.firstShared && typeof name === "string";
    if (!proof || looking >= MAX_PROOFS) return program(event);
    const port = /** @type {MessagePort} */ (event.target);
    looking++;
    /** @param {{size?: number, time?: number}} node what the worker compares; empty if there is no such file */
    const found = (node) => {
      looking--;
      port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.found, number, node });
    };
    const none = () => found({});
    root.getFile(name, {}, (entry) => /** @type {FileSystemFileEntry} */ (entry).file((file) => found({ size: file.size, time: file.lastModified }), none), none);
  };
}
