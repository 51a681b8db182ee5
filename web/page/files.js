// What was dropped or chosen, as a flat list of named files; a folder and a zip are followed.
import { home, readable } from "./engine.js";

const HIDDEN = /(^|\/)(\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX\/)/i;

async function entries(reader) {
  const found = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    found.push(...batch);
  }
}

async function walk(entry, path, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: path + file.name, file });
  } else if (entry.isDirectory) {
    for (const inner of await entries(entry.createReader())) await walk(inner, `${path}${entry.name}/`, found);
  }
}

export async function dropped(transfer) {
  const found = [];
  const items = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (items.length === 0) return chosen(transfer.files);
  for (const item of items) await walk(item, "", found);
  return expand(found);
}

export function chosen(files) {
  return expand([...files].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
}

async function expand(found, depth = 0) {
  const files = [];
  for (const { name, file } of found) {
    if (HIDDEN.test(name)) continue;
    if (/\.zip$/i.test(name) && depth < 4) {
      files.push(...(await unzipped(name, file, depth)));
    } else {
      files.push({ name, file });
    }
  }
  return files;
}

async function unzipped(name, file, depth) {
  const { bytes, error } = await readable(file);
  if (error) return [{ name, error }];
  const { value, file: content } = await home().call({ do: "unpack" }, bytes);
  if (value.error) return [{ name, error: value.error }];
  let at = 0;
  const members = value.members.map((member) => {
    const inner = `${name}/${member.name}`;
    if (member.error) return { name: inner, error: member.error };
    const part = content.slice(at, at + member.length);
    at += member.length;
    return { name: inner, file: new File([part], member.name) };
  });
  const [refused, good] = [members.filter((member) => member.error), members.filter((member) => !member.error)];
  return [...refused, ...(await expand(good, depth + 1))];
}
