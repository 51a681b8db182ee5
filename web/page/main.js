// The page: files in, documents audited in workers, results drawn; nothing leaves the machine.
import { all, home, onRestart, prepare, readable } from "./engine.js";
import { chosen, dropped } from "./files.js";
import { apply, drawForm, leaveDocument, onReload, showDocument, wireDocument } from "./document.js";
import { drawList } from "./list.js";
import { byId, element, find, place, say, state } from "./state.js";
import { download, isWork, openWork, restore, saveWork } from "./work.js";

const TYPES = { docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", html: "text/html", csv: "text/csv", json: "application/json", zip: "application/zip" };

let next = 1;
let drawing = 0;

function draw() {
  // Many files come at once; the list is drawn once a frame.
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => drawList(open));
}

async function open(id) {
  if (state.shown === id || !byId(id)?.line) return;
  await showDocument(id);
  drawList(open);
}

async function audit(entry, engine) {
  entry.engine = engine;
  const { bytes, error } = entry.refused ? { error: entry.refused } : await readable(entry.file);
  if (error) {
    entry.error = error;
    return;
  }
  const { value } = await engine.call({ do: "open", id: entry.id, name: entry.name }, bytes);
  if (value.error) entry.error = value.error;
  else entry.line = value;
  if (entry.line && restore(entry)) await apply(entry);
}

// An engine that had to be ended knows its files no more: all but the one that it failed at are read again.
async function reopen(engine) {
  for (const entry of state.documents.filter((entry) => entry.engine === engine && entry.line)) {
    const { bytes } = await readable(entry.file);
    if (!bytes) continue;
    await engine.ask({ do: "open", id: entry.id, name: entry.name }, bytes);
    const edits = entry.edits.map(({ form, row, column, text }) => ({ form, row, column, text }));
    if (edits.length > 0) await engine.ask({ do: "edit", id: entry.id, edits });
  }
}

async function add(files) {
  const work = files.filter(({ name }) => isWork(name));
  for (const { file } of work) await openWork(file);
  const rules = files.filter(({ name, file }) => /\.ya?ml$/i.test(name) && file && files.length === 1);
  if (rules.length === 1 && (await isRuleFile(rules[0].file))) return useRuleFile(rules[0].file);
  const added = files.filter(({ name }) => !isWork(name)).map(({ name, file, error }) => ({
    id: next++, name, file, refused: error, edits: [], marks: new Map(), line: null, error: null,
  }));
  if (added.length === 0) return;
  const begun = performance.now();
  state.documents.push(...added);
  draw();
  let waiting = 0;
  let done = 0;
  await Promise.all(all().map(async (engine) => {
    while (waiting < added.length) {
      const entry = added[waiting++];
      await audit(entry, engine);
      done += 1;
      say(`正在读取 ${done}/${added.length}`);
      draw();
    }
  }));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const refused = added.filter((entry) => entry.error).length;
  say(`读取了${added.length - refused}个文件${refused ? `，${refused}个没有读取（见列表）` : ""}，用时${seconds}秒`);
  draw();
  document.body.dataset.settled = String(Number(document.body.dataset.settled ?? 0) + 1);
  if (state.documents.length === 1 && added[0].line) await open(added[0].id);
}

async function isRuleFile(file) {
  return /^(rules|extends|jurisdiction|execution)\s*:/m.test(await file.slice(0, 65536).text());
}

async function useRuleFile(file) {
  await useRules(file.name, await file.text());
}

async function useRules(rules, text = null) {
  const answers = await Promise.all(all().map((engine) => engine.call({ do: "rules", rules, text })));
  const wrong = answers.find(({ value }) => value.error);
  if (wrong) {
    find("rules").value = state.ruleText ? "own" : state.rules;
    return say(wrong.value.error, true);
  }
  [state.rules, state.ruleText] = [rules, text];
  for (const { value } of answers) {
    for (const { id, line } of value.lines) if (byId(id)) byId(id).line = line;
  }
  find("rules").querySelector("[value=own]")?.remove();
  if (text) find("rules").append(element("option", { value: "own", selected: true }, rules));
  say(rules === "auto" ? "规则集：自动选择" : `规则集：${rules}`);
  draw();
  if (state.shown !== null) await drawForm();
}

// Files over all documents are made by the first engine, which reads those of the others.
async function exported(format) {
  const entries = state.shown === null ? state.documents.filter((entry) => entry.line) : [byId(state.shown)];
  const engine = home();
  say("正在生成…");
  for (const entry of entries.filter((entry) => entry.engine !== engine)) {
    const { bytes } = await readable(entry.file);
    await engine.call({ do: "open", id: entry.id, name: entry.name }, bytes);
    if (entry.edits.length > 0) {
      const edits = entry.edits.map(({ form, row, column, text }) => ({ form, row, column, text }));
      await engine.call({ do: "edit", id: entry.id, edits });
    }
  }
  const marks = Object.fromEntries(entries.map((entry) => [
    entry.id, [...entry.marks].filter(([, mark]) => mark.mark === "rejected").map(([key, mark]) => ({ key, reason: mark.reason })),
  ]));
  const { value, file } = await engine.call({ do: "export", ids: entries.map((entry) => entry.id), format, marks });
  for (const entry of entries.filter((entry) => entry.engine !== engine)) await engine.call({ do: "close", id: entry.id });
  if (value.error) return say(value.error, true);
  download(value.name, file, TYPES[value.name.split(".").pop()] ?? "application/octet-stream");
  say(`已生成 ${value.name}`);
}

async function drafted() {
  const entry = byId(state.shown);
  const { value } = await entry.engine.call({ do: "draft", id: entry.id, year: null });
  if (value.error) return say(value.error, true);
  place(find("draft-page"), value.html);
  [find("document").hidden, find("drafted").hidden] = [true, false];
  find("leave-draft").focus();
}

function wire() {
  const pick = (button, input) => find(button).addEventListener("click", () => find(input).click());
  pick("pick-files", "files");
  pick("pick-folder", "folder");
  pick("pick-rules", "rule-file");
  for (const input of ["files", "folder"]) {
    find(input).addEventListener("change", async ({ target }) => {
      const files = await chosen(target.files);
      target.value = "";
      add(files);
    });
  }
  find("rule-file").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (file) await useRuleFile(file);
  });
  const drop = find("drop");
  drop.addEventListener("click", () => find("files").click());
  drop.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") find("files").click();
  });
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  document.addEventListener("dragleave", () => document.body.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    add(await dropped(event.dataTransfer));
  });
  find("find").addEventListener("input", draw);
  find("severity").addEventListener("change", draw);
  find("rules").addEventListener("change", ({ target }) => useRules(target.value));
  find("download").addEventListener("change", async ({ target }) => {
    const format = target.value;
    target.value = "";
    if (format) await exported(format);
  });
  find("save-work").addEventListener("click", saveWork);
  find("back").addEventListener("click", () => { leaveDocument(); drawList(open); find("find").focus(); });
  find("draft").addEventListener("click", drafted);
  find("leave-draft").addEventListener("click", () => { [find("document").hidden, find("drafted").hidden] = [false, true]; });
  addEventListener("beforeunload", (event) => { if (state.unsaved) event.preventDefault(); });
  wireDocument();
  onReload(draw);
  onRestart(reopen);
}

async function start() {
  try {
    await prepare();
  } catch (fault) {
    return say(fault.message || String(fault), true);
  }
  const { value } = await home().call({ do: "sets" });
  for (const set of value) {
    find("rules").append(element("option", { value: set.id }, `${set.id}　${set.title}`));
  }
  say("准备好了");
  document.body.dataset.ready = "true";
  wire();
}

start();
