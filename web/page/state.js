// What is open: the documents in the order they came, the reviewer's edits and marks.
export const state = {
  documents: [],
  rules: "auto",
  ruleText: null,
  // The work of an opened .jixiao.json by the hash of the file it belongs to.
  work: new Map(),
  unsaved: false,
  shown: null,
  form: 1,
};

export const byId = (id) => state.documents.find((entry) => entry.id === id);
export const find = (id) => document.getElementById(id);

export function say(text, wrong = false) {
  const status = find("status");
  status.textContent = text;
  status.classList.toggle("wrong", wrong);
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// Pieces of a page made by the engine, where every text is escaped.
export function place(into, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  into.replaceChildren(...parsed.body.childNodes);
}

export function unsaved() {
  state.unsaved = true;
  find("save-work").disabled = false;
}
