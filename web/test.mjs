// The page as a person uses it, in a real browser from a file: node test.mjs (after build.mjs and a build of the program).
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
// The newest build: an older one beside it would answer as the program did then.
const built = [join(target, "release/jixiao"), join(target, "debug/jixiao")].filter(existsSync);
const program = built.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
const example = (ending) => join(root, `examples/changji-2024.${ending}`);
const folder = mkdtempSync(join(tmpdir(), "page-"));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const requests = [];
async function opened() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url());
  });
  page.on("pageerror", (error) => assert.fail(`the page failed: ${error.message}`));
  await page.goto(pathToFileURL(join(target, "page/绩效复核.html")).href);
  await page.waitForFunction(() => document.body.dataset.ready, null, { timeout: 60_000 });
  return page;
}

async function put(page, files) {
  const before = Number((await page.evaluate(() => document.body.dataset.settled)) ?? 0);
  await page.setInputFiles("#files", files);
  await page.waitForFunction((before) => Number(document.body.dataset.settled ?? 0) > before, before, { timeout: 120_000 });
}

async function downloaded(page, format) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.selectOption("#download", format)]);
  const path = join(folder, `${Date.now()}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return path;
}

const status = (page) => page.textContent("#status");

async function step(name, action) {
  const begun = Date.now();
  await action();
  console.log(`ok  ${name}（${Date.now() - begun} ms）`);
}

const page = await opened();

await step("a dropped document shows its errors and no other", async () => {
  await put(page, example("docx"));
  await page.waitForSelector("#forms button");
  const errors = [];
  for (let form = 1; form <= 12; form += 1) {
    await page.click(`#forms button:nth-child(${form})`);
    await page.waitForFunction((form) => document.querySelector(`#forms button:nth-child(${form})`)?.getAttribute("aria-current") === "true", form);
    await page.waitForTimeout(60);
    errors.push(...(await page.$$eval("#findings .finding.error h3", (all) => all.map((one) => one.textContent))));
  }
  assert.equal(errors.length, 2, errors.join("\n"));
  assert.match(errors[0], /5\.35/);
  assert.match(errors[1], /105\.26%/);
});

await step("a click on a finding shows its cell and every step", async () => {
  await page.click("#forms button:nth-child(9)");
  await page.click("#findings .finding.error");
  await page.waitForSelector("#detail h3");
  assert.equal(await page.textContent("td.shown"), "5.4复核".slice(0, 3) + (await page.textContent("td.shown .figure")));
  assert.match(await page.textContent("#detail"), /9 × \(3\.77\/4\.5/);
  assert.ok(await page.$("#detail svg .own"), "the curve has the row's point");
});

await step("an edited score agrees, is listed, and is undone", async () => {
  await page.fill('#detail input[name="score"]', "5.35");
  // The score is right now, and the total that was the sum of the filed scores no longer is.
  await page.waitForSelector("#findings .finding.error[data-code=JX202]");
  assert.equal(await page.$("#findings [data-code=JX301]"), null);
  assert.match(await page.textContent("#edits"), /5\.4 → 5\.35/);
  await page.click("#undo");
  await page.waitForSelector("#findings .finding.error[data-code=JX301]");
  assert.equal(await page.$("#findings [data-code=JX202]"), null);
});

let work;
await step("a rejected finding goes into the report with its reason, and the work is saved and opened again", async () => {
  await page.click("#findings .finding.error [data-mark=rejected]");
  await page.fill("#reason", "单位已说明<b>");
  await page.click("#asked button[value=yes]");
  await page.waitForSelector("#findings .finding.error.rejected");
  const report = JSON.parse(readFileSync(await downloaded(page, "json"), "utf8"));
  assert.equal(report.findings.filter((finding) => finding.severity === "error").length, 1);
  assert.match(JSON.stringify(report), /单位已说明/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-work")]);
  work = join(folder, "work.jixiao.json");
  await download.saveAs(work);
  const other = await opened();
  await other.setInputFiles("#files", work);
  await other.waitForFunction(() => document.querySelector("#status").textContent.includes("已打开复核工作"));
  await put(other, example("docx"));
  await other.waitForSelector("#forms button");
  await other.click("#forms button:nth-child(9)");
  await other.waitForSelector("#findings .finding.error.rejected");
  assert.equal(await other.$("#findings b b"), null, "a reason is no markup");
  await other.close();
});

await step("what is downloaded reads back", async () => {
  for (const [format, ending, magic] of [["docx", "docx", "PK"], ["xlsx", "xlsx", "PK"], ["html", "html", "<!"], ["csv", "csv", "\u{feff}".slice(0, 0)], ["slips", "zip", "PK"]]) {
    const path = await downloaded(page, format);
    assert.ok(path.endsWith(ending), path);
    assert.ok(readFileSync(path).subarray(0, 2).toString("latin1").startsWith(magic), format);
  }
  const marked = await downloaded(page, "mark");
  const read = JSON.parse(execFileSync(program, ["extract", marked, "--format", "json"], { maxBuffer: 1 << 28 }));
  assert.equal(read.forms.length, 12);
  const template = await downloaded(page, "template-xlsx");
  assert.equal(JSON.parse(execFileSync(program, ["extract", template, "--format", "json"], { maxBuffer: 1 << 28 })).forms.length, 12);
});

await step("next year's targets are drafted", async () => {
  await page.click("#draft");
  await page.waitForSelector("#draft-page table");
  assert.match(await page.textContent("#draft-page h2"), /2025年度/);
  await page.click("#leave-draft");
});

await step("a broken rule file names its line, a right one is used", async () => {
  const broken = join(folder, "坏.yaml");
  writeFileSync(broken, "id: mine\ntitle: x\nrules:\n- nmae: y\n");
  await page.setInputFiles("#rule-file", broken);
  await page.waitForFunction(() => document.querySelector("#status").classList.contains("wrong"));
  assert.match(await status(page), /行/);
  const right = join(folder, "好.yaml");
  writeFileSync(right, execFileSync(program, ["rules", "new", "--from", "xinjiang-2024"]));
  await page.setInputFiles("#rule-file", right);
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("规则集：好.yaml"));
});

await step("the same JSON as the program, byte for byte", async () => {
  const other = await opened();
  for (const ending of ["docx", "xlsx", "pdf", "html", "txt"]) {
    await put(other, example(ending));
    if (await other.isVisible("#list")) await other.click(`#documents tr:has-text("changji-2024.${ending}") button`);
    await other.waitForSelector("#document:not([hidden]) #forms button");
    const own = readFileSync(await downloaded(other, "json"), "utf8");
    const theirs = spawnSync(program, ["audit", `changji-2024.${ending}`, "--format", "json"], { cwd: join(root, "examples"), maxBuffer: 1 << 28 });
    assert.equal(own, theirs.stdout.toString(), ending);
    await other.click("#back");
  }
  await other.close();
});

await step("a folder of traps: every file is accounted for, nothing becomes markup, the others go on", async () => {
  const traps = join(folder, "traps");
  mkdirSync(traps);
  writeFileSync(join(traps, "空.docx"), "");
  writeFileSync(join(traps, "坏.pdf"), readFileSync(example("pdf")).subarray(0, 4000));
  writeFileSync(join(traps, "图.docx"), Buffer.from("89504e470d0a1a0a0000", "hex"));
  writeFileSync(join(traps, "<img src=x onerror=alert(1)>.txt"), "没有表");
  const cells = "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,<script>alert(1)</script>,≥5个,5个,50,50\n";
  writeFileSync(join(traps, "标记.csv"), cells);
  writeFileSync(join(traps, "好.xlsx"), readFileSync(example("xlsx")));
  execFileSync("python3", ["-c", "import zipfile,sys\nz=zipfile.ZipFile(sys.argv[1],'w')\nz.write(sys.argv[2],'内/好.docx')\nz.writestr('坏.docx','PK')", join(traps, "包.zip"), example("docx")]);
  const other = await opened();
  other.on("dialog", () => assert.fail("a cell ran a script"));
  const before = ["空.docx", "坏.pdf", "图.docx", "<img src=x onerror=alert(1)>.txt", "标记.csv", "好.xlsx", "包.zip"];
  await put(other, before.map((name) => join(traps, name)));
  const rows = await other.$$eval("#documents tbody tr", (all) => all.map((row) => row.textContent));
  assert.equal(rows.length, 8, rows.join("\n"));
  assert.equal((await other.$$("#documents tr.refused")).length, 3, rows.join("\n"));
  assert.match(await other.textContent("#totals"), /8个文件，读取5个，3个没有读取/);
  assert.equal(await other.$("#documents img"), null);
  await other.click('#documents button:has-text("标记.csv")');
  await other.waitForSelector("#form table");
  assert.match(await other.textContent("#form"), /<script>alert\(1\)<\/script>/);
  await other.close();
});

assert.deepEqual(requests, [], "the page asks nothing of any network");
console.log("ok  no request of any kind");
await browser.close();
