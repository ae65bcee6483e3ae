// Fetches as fetch.py does, with Node's fetch. The certificate to trust is in
// NODE_EXTRA_CA_CERTS.
//
// usage: node fetch.mjs ranges URL RANGE...
//        node fetch.mjs many PREFIX N
//        node fetch.mjs upload URL SIZE N
import { createHash } from "node:crypto";

const [action, url, ...rest] = process.argv.slice(2);

const get = async (target, headers = {}) => {
  const response = await fetch(target, { headers });
  const content = Buffer.from(await response.arrayBuffer());
  return { response, sum: createHash("sha256").update(content).digest("hex") };
};

if (action === "ranges") {
  for (const range of rest) {
    const { response, sum } = await get(url, { Range: `bytes=${range}` });
    console.log(response.status, response.headers.get("Content-Range"), sum);
  }
} else if (action === "many") {
  for (let i = 0; i < Number(rest[0]); i++) {
    const { response, sum } = await get(`${url}${i}.txt`);
    console.log(response.status, sum);
  }
} else if (action === "upload") {
  const [size, tries] = rest.map(Number);
  for (let i = 0; i < tries; i++) {
    try {
      const response = await fetch(url, { method: "POST", body: new Uint8Array(size) });
      await response.arrayBuffer();
      console.log(response.status);
    } catch (error) {
      console.log(`${error.message}: ${error.cause}`);
    }
  }
}
