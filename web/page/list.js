// The table of documents: what needs attention first.
import { element, find, state } from "./state.js";

const COLUMNS = ["unit", "forms", "published", "computed", "difference", "errors", "warnings", "notes"];

function weight(entry) {
  if (entry.error) return 1e9;
  if (!entry.line) return -1;
  return entry.line.errors * 1000 + entry.line.warnings;
}

function matches(entry, text, severity) {
  const line = entry.line;
  if (severity === "refused") return Boolean(entry.error);
  if (severity && !line) return false;
  if (severity === "error" && !line.errors) return false;
  if (severity === "warning" && !line.errors && !line.warnings) return false;
  if (!text) return true;
  const hay = [entry.name, line?.unit ?? "", ...(line?.codes ?? []), entry.error ?? ""].join(" ").toLowerCase();
  return hay.includes(text.toLowerCase());
}

function row(entry, longest, open) {
  if (entry.error) {
    return element("tr", { class: "refused" }, element("td", {}, entry.name), element("td", { colspan: 9 }, entry.error));
  }
  if (!entry.line) {
    return element("tr", {}, element("td", {}, entry.name), element("td", { colspan: 9, class: "calm" }, "正在读取…"));
  }
  const { line } = entry;
  const cells = COLUMNS.map((column) => {
    const value = String(line[column] ?? "—");
    const cell = element("td", { class: column === "errors" && line.errors ? "bad" : null }, value);
    if (column === "difference" && longest && Number(value)) {
      const bar = element("span", { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${Math.max(2, (Math.abs(Number(value)) / longest) * 60)}px`;
      cell.prepend(bar);
    }
    return cell;
  });
  const link = element("button", { type: "button", onclick: () => open(entry.id) }, entry.name);
  const made = element("tr", { "data-id": entry.id }, element("td", {}, link), ...cells,
    element("td", {}, `${line.verified}/${line.weight}`));
  made.addEventListener("click", () => open(entry.id));
  return made;
}

export function drawList(open) {
  const some = state.documents.length > 0;
  find("list").hidden = !some || state.shown !== null;
  find("drop").classList.toggle("small", some);
  find("drop").hidden = state.shown !== null;
  find("download").disabled = !state.documents.some((entry) => entry.line);
  const text = find("find").value.trim();
  const severity = find("severity").value;
  const kept = state.documents.filter((entry) => matches(entry, text, severity));
  kept.sort((one, other) => weight(other) - weight(one) || one.id - other.id);
  const longest = Math.max(0, ...kept.map((entry) => Math.abs(Number(entry.line?.difference ?? 0))));
  find("documents").tBodies[0].replaceChildren(...kept.map((entry) => row(entry, longest, open)));
  const read = state.documents.filter((entry) => entry.line);
  const sum = (key) => read.reduce((total, entry) => total + entry.line[key], 0);
  const refused = state.documents.filter((entry) => entry.error).length;
  find("totals").textContent =
    `${state.documents.length}个文件，读取${read.length}个，${refused}个没有读取；${sum("forms")}张表，错误${sum("errors")}、警告${sum("warnings")}、提示${sum("notes")}`;
}
