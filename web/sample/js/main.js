// Builds the catalogue and makes the two requests that a link cannot make.
import { card, shown } from "./catalogue.js";

const catalogue = "/data/objects.json";

const list = document.getElementById("objects");
try {
  const answer = await fetch(catalogue);
  const { objects } = await answer.json();
  list.replaceChildren(...objects.map(card));
} catch (e) {
  list.replaceChildren(shown("li", `The catalogue could not be read: ${e.message}`));
}

document.getElementById("again").addEventListener("click", async () => {
  const out = document.getElementById("answer");
  const first = await fetch(catalogue, { method: "HEAD" });
  const tag = first.headers.get("ETag");
  const second = await fetch(catalogue, tag ? { headers: { "If-None-Match": tag } } : {});
  out.textContent = `${second.status} ${second.statusText}`;
});

document.getElementById("piece").addEventListener("click", async () => {
  const out = document.getElementById("bytes");
  const answer = await fetch("/letters/A%20letter.txt", { headers: { Range: "bytes=0-9" } });
  out.textContent = `${answer.status} “${await answer.text()}”`;
});
