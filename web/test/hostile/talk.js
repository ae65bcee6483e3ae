// What a hostile site can do with the bridge, a frame of the tool's page on
// the site's own origin. Tests put this file into a site's folder.

/** The version of messages over a port; hostile.test.mjs compares it. */
const MESSAGES = 5;

/** The window of the bridge, when it is there. */
async function bridge() {
  for (;;) {
    for (let i = 0; i < top.length; i++) {
      try {
        if (/\/bridge\.html$/.test(top[i].location.pathname)) return top[i];
      } catch {
        // another origin's
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The port that the tool's page means for the site's worker. */
async function stealPort() {
  const b = await bridge();
  return new Promise((resolve) => {
    const original = b.ServiceWorker.prototype.postMessage;
    b.ServiceWorker.prototype.postMessage = (_, ports) => {
      b.ServiceWorker.prototype.postMessage = original;
      resolve(ports[0]);
    };
    b.parent.postMessage({ vitrine: 1, type: "need-port" }, "*");
    // From the bridge itself: its window is the one the tool listens to.
    b.eval(`parent.postMessage({ vitrine: 1, type: "need-port" }, "*")`);
  });
}
