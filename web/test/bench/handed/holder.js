// @ts-check
// Takes the drop of a folder, hands all Files of it to the service worker,
// shows the site, and gives single Files again to a worker that was stopped.
{
  const SCOPE = new URL("../", location.href);

  /** @type {Map<string, File>} */
  const files = new Map();

  /** @param {FileSystemDirectoryEntry} directory @returns {Promise<FileSystemEntry[]>} */
  const list = async (directory) => {
    const reader = directory.createReader();
    const entries = [];
    for (;;) {
      const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) return entries;
      entries.push(...batch);
    }
  };

  /** @param {FileSystemEntry} entry @param {string} name @returns {Promise<unknown>} */
  const add = async (entry, name) => {
    if (entry.isDirectory) {
      const entries = await list(/** @type {FileSystemDirectoryEntry} */ (entry));
      return Promise.all(entries.map((e) => add(e, name ? `${name}/${e.name}` : e.name)));
    }
    return new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file((file) => resolve(files.set(name, file)), reject),
    );
  };

  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    const entry = event.dataTransfer?.items[0].webkitGetAsEntry();
    if (!entry) return;
    await add(entry, "");
    const { port1, port2 } = new MessageChannel();
    const done = new Promise((resolve) => (port1.onmessage = resolve));
    navigator.serviceWorker.controller?.postMessage([...files], [port2]);
    await done;
    const frame = document.createElement("iframe");
    frame.src = SCOPE.href;
    document.body.append(frame);
  });

  const worker = new BroadcastChannel(`files ${SCOPE.pathname}`);
  worker.onmessage = ({ data: { want } }) => {
    if (want) worker.postMessage({ name: want, file: files.get(want) });
  };

  addEventListener("load", async () => {
    await navigator.serviceWorker.register("sw.js", { scope: SCOPE.pathname });
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
    document.documentElement.dataset.ready = "yes";
  });
}
