// The reviewer's work as one file: hashes of the inputs, edits and marks.
import { find, say, state } from "./state.js";

const SCHEMA = "jixiao.work/1";

export function download(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function saveWork() {
  const documents = state.documents.filter((entry) => entry.line).map((entry) => ({
    name: entry.name,
    sha256: entry.line.sha256,
    edits: entry.edits,
    marks: [...entry.marks].map(([key, mark]) => ({ key, ...mark })),
  }));
  // What was opened and has no file yet is kept.
  for (const [sha256, work] of state.work) {
    if (!documents.some((entry) => entry.sha256 === sha256)) documents.push({ sha256, ...work });
  }
  const text = JSON.stringify({ schema: SCHEMA, rules: state.rules, documents }, null, 1);
  download("复核工作.jixiao.json", text, "application/json");
  state.unsaved = false;
  find("save-work").disabled = true;
}

export function isWork(name) {
  return /\.jixiao\.json$/i.test(name);
}

const isText = (value) => typeof value === "string";

// Takes a file of work; what in it is no edit or mark is left out.
export async function openWork(file) {
  let work;
  try {
    work = JSON.parse(await file.text());
  } catch {
    return say(`${file.name}：不是复核工作文件，或已损坏`, true);
  }
  if (work?.schema !== SCHEMA || !Array.isArray(work.documents)) {
    return say(`${file.name}：不是本页面保存的复核工作文件`, true);
  }
  for (const entry of work.documents) {
    if (!isText(entry?.sha256)) continue;
    const edits = (Array.isArray(entry.edits) ? entry.edits : []).filter((edit) =>
      Number.isInteger(edit?.form) && Number.isInteger(edit?.row) && isText(edit?.column) && isText(edit?.text));
    const marks = (Array.isArray(entry.marks) ? entry.marks : []).filter((mark) =>
      isText(mark?.key) && ["accepted", "rejected"].includes(mark?.mark));
    state.work.set(entry.sha256, { name: String(entry.name ?? ""), edits, marks });
  }
  say(`已打开复核工作（${work.documents.length}个文件）；放入这些文件后，更正和意见的处理会恢复`);
}

export function restore(entry) {
  const work = state.work.get(entry.line.sha256);
  if (!work) return false;
  state.work.delete(entry.line.sha256);
  entry.edits = work.edits.map((edit) => ({ before: "", title: edit.column, ...edit }));
  entry.marks = new Map(work.marks.map(({ key, mark, reason }) => [key, { mark, reason: isText(reason) ? reason : "" }]));
  return entry.edits.length > 0;
}
