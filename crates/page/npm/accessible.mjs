// Opens pages in Chromium at three widths and asks axe about them: WCAG 2.0 to 2.2, A and AA, and best practice.
// Also that nothing scrolls sideways. Fails, naming the element, when something is found.
//
//   npm run accessible -- http://127.0.0.1:8080/design file:///somewhere/index.html
//
// CHROMIUM names the browser when it is not `chromium`.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WIDTHS = [320, 390, 1280];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser and gives a way to ask it things. */
async function browser() {
  const profile = await mkdtemp(join(tmpdir(), "accessible-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  const running = spawn(process.env.CHROMIUM ?? "chromium", flags, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((found, failed) => {
    running.once("error", failed);
    let said = "";
    running.stderr.on("data", (chunk) => {
      said += chunk;
      const match = /DevTools listening on (ws:\S+)/.exec(said);
      if (match) found(match[1]);
    });
  });
  const socket = new WebSocket(address);
  await new Promise((opened) => socket.addEventListener("open", opened, { once: true }));
  let last = 0;
  const waiting = new Map();
  const listening = new Map();
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) {
      const { done, failed } = waiting.get(message.id);
      waiting.delete(message.id);
      message.error ? failed(new Error(message.error.message)) : done(message.result);
    } else listening.get(message.method)?.();
  });
  const ask = (method, params = {}, sessionId = undefined) =>
    new Promise((done, failed) => {
      waiting.set(++last, { done, failed });
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
  const once = (method) => new Promise((done) => listening.set(method, done));
  const close = async () => {
    const gone = new Promise((done) => running.once("exit", done));
    await ask("Browser.close").catch(() => running.kill());
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ask, once, close };
}

const { ask, once, close } = await browser();
const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
await ask("Page.enable", {}, sessionId);
await ask("Page.setBypassCSP", { enabled: true }, sessionId);
const evaluate = async (expression) => {
  const answer = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
  return answer.result.value;
};

let found = 0;
for (const url of process.argv.slice(2)) {
  for (const width of WIDTHS) {
    await ask("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: width < 700 }, sessionId);
    const loaded = once("Page.loadEventFired");
    await ask("Page.navigate", { url }, sessionId);
    await loaded;
    await evaluate(`${axe};0`);
    const { violations, wide, passes } = await evaluate(
      `axe.run(document,{runOnly:${JSON.stringify(TAGS)}}).then(r=>({passes:r.passes.length,wide:document.documentElement.scrollWidth,violations:r.violations.map(v=>({id:v.id,help:v.help,nodes:v.nodes.map(n=>n.html+"\\n      "+n.failureSummary)}))}))`,
    );
    if (wide > width) violations.push({ id: "sideways", help: `the page is ${wide} wide`, nodes: [] });
    found += violations.length;
    console.log(`${url} at ${width}: ${violations.length} found, ${passes} rules passed`);
    for (const { id, help, nodes } of violations) console.log(`  ${id}: ${help}\n    ${nodes.join("\n    ")}`);
  }
}
await close();
if (found > 0 || process.argv.length < 3) process.exit(1);
