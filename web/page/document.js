// One document: its forms, the form as printed, its findings, and what the reviewer changes and marks.
import { element, find, place, say, state, byId, unsaved } from "./state.js";
import { ask } from "./ask.js";

let reload = () => {};

export function onReload(action) {
  reload = action;
}

const current = () => byId(state.shown);

export async function showDocument(id) {
  state.shown = id;
  state.form = 1;
  const entry = current();
  find("name").textContent = entry.name;
  find("document").hidden = false;
  find("detail").replaceChildren();
  await drawForm();
  find("back").focus();
}

export function leaveDocument() {
  state.shown = null;
  find("document").hidden = true;
}

function drawForms() {
  const entry = current();
  find("gist").textContent = entry.line.gist.join("");
  const buttons = entry.line.titles.map((form) => {
    const total = form.published ? `${form.published} → ${form.computed ?? "—"}` : form.computed ? `复核 ${form.computed}` : "";
    const counts = form.errors || form.warnings ? `错误${form.errors} 警告${form.warnings}` : "没有问题";
    return element("button", {
      type: "button", "aria-current": String(form.form === state.form),
      onclick: () => { state.form = form.form; find("detail").replaceChildren(); drawForm(); },
    }, `表${form.form} ${form.title}`, element("small", {}, `${total}　${counts}`));
  });
  find("forms").replaceChildren(...buttons);
}

export async function drawForm() {
  const entry = current();
  drawForms();
  const { value } = await entry.engine.call({ do: "show", id: entry.id, form: state.form });
  if (value.error) return say(value.error, true);
  place(find("head"), value.head);
  place(find("form"), value.form);
  place(find("findings"), value.findings);
  for (const finding of find("findings").querySelectorAll(".finding")) drawMark(finding);
  drawEdits();
}

function drawMark(finding) {
  const mark = current().marks.get(finding.dataset.key);
  finding.classList.toggle("rejected", mark?.mark === "rejected");
  for (const button of finding.querySelectorAll("[data-mark]")) {
    button.setAttribute("aria-pressed", String(button.dataset.mark === mark?.mark));
  }
  finding.querySelector(".reason").textContent = mark?.reason ? `理由：${mark.reason}` : "";
}

async function setMark(finding, word) {
  const { marks } = current();
  const key = finding.dataset.key;
  if (marks.get(key)?.mark === word) {
    marks.delete(key);
  } else if (word === "rejected") {
    const reason = await ask("不采纳这条意见的理由（写进报告）：");
    if (!reason) return;
    marks.set(key, { mark: word, reason });
  } else {
    marks.set(key, { mark: word, reason: "" });
  }
  unsaved();
  drawMark(finding);
}

function light(cell, finding) {
  for (const shown of document.querySelectorAll(".shown")) shown.classList.remove("shown");
  cell?.classList.add("shown");
  finding?.classList.add("shown");
}

export async function drawDetail(row) {
  const entry = current();
  const { value } = await entry.engine.call({ do: "detail", id: entry.id, form: state.form, row: Number(row) });
  place(find("detail"), value.html ?? "");
  find("detail").dataset.row = row;
}

function drawEdits() {
  const { edits } = current();
  find("undo").disabled = edits.length === 0;
  const lines = edits.map((edit) =>
    element("li", {}, `表${edit.form} 第${edit.row}行 ${edit.title}：${edit.before || "（空）"} → ${edit.text || "（空）"}`));
  find("edits").replaceChildren(...(lines.length ? [element("b", {}, "更正"), element("ul", {}, ...lines)] : []));
}

export async function apply(entry) {
  const edits = entry.edits.map(({ form, row, column, text }) => ({ form, row, column, text }));
  const { value } = await entry.engine.call({ do: "edit", id: entry.id, edits });
  if (value.error) say(value.error, true);
  else entry.line = value;
}

async function edit(input) {
  const entry = current();
  const row = Number(find("detail").dataset.row);
  const same = (edit) => edit.form === state.form && edit.row === row && edit.column === input.name;
  const before = entry.edits.find(same)?.before ?? input.defaultValue;
  entry.edits = entry.edits.filter((edit) => !same(edit));
  if (input.value !== before) {
    const title = input.parentElement.firstChild.textContent.trim();
    entry.edits.push({ form: state.form, row, column: input.name, text: input.value, before, title });
  }
  unsaved();
  await apply(entry);
  const name = input.name;
  await drawForm();
  await drawDetail(row);
  const again = find("detail").querySelector(`input[name="${name}"]`);
  again?.focus();
  again?.setSelectionRange(again.value.length, again.value.length);
  reload();
}

export function wireDocument() {
  find("form").addEventListener("click", ({ target }) => {
    const cell = target.closest("td");
    if (!cell) return;
    const first = cell.dataset.found?.split(" ")[0];
    const finding = first === undefined ? null : find("findings").querySelector(`[data-index="${first}"]`);
    light(cell, finding);
    if (cell.dataset.row) drawDetail(cell.dataset.row);
    finding?.scrollIntoView({ block: "nearest" });
  });
  find("findings").addEventListener("click", ({ target }) => {
    const finding = target.closest(".finding");
    if (!finding) return;
    if (target.dataset.mark) return setMark(finding, target.dataset.mark);
    const cell = finding.dataset.cell ? document.getElementById(finding.dataset.cell) : null;
    light(cell, finding);
    cell?.scrollIntoView({ block: "center", inline: "nearest" });
    if (finding.dataset.row) drawDetail(finding.dataset.row);
  });
  for (const area of ["form", "findings"]) {
    find(area).addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("td, .finding")) event.target.click();
    });
  }
  let timer;
  find("detail").addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(() => edit(target), 250);
  });
  find("detail").addEventListener("submit", (event) => event.preventDefault());
  find("undo").addEventListener("click", async () => {
    const entry = current();
    entry.edits.pop();
    unsaved();
    await apply(entry);
    await drawForm();
    if (find("detail").dataset.row && find("detail").firstChild) await drawDetail(find("detail").dataset.row);
    reload();
  });
}
