// @ts-check
// Takes the README's picture: the page with the sample site, one exchange and
// an explanation open. `make picture` runs it; look at the result before committing it.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChromium, startServe } from "./harness.mjs";

const FILE = fileURLToPath(new URL("../picture/page.png", import.meta.url));

const serve = await startServe(mkdtempSync(join(tmpdir(), "vitrine-")));
const browser = await startChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  await page.goto(serve.tool);
  await page.getByRole("button", { name: "Use the sample site" }).click();
  const sound = page.getByRole("row").filter({ hasText: "206 Partial Content" });
  await sound.click();
  await page.getByRole("row").filter({ hasText: "objects.json" }).waitFor();
  await page.locator("#x-bytes .tok[data-name=range]").click();
  await page.waitForTimeout(1000); // the explanation has come up, the notes are counted
  await page.screenshot({ path: FILE });
  console.log(FILE);
} finally {
  await browser.close();
  await serve.stop();
}
