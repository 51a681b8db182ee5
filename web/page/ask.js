// A short question to the reviewer; empty where it was left without an answer.
import { find } from "./state.js";

export function ask(question) {
  const dialog = find("asked");
  find("question").textContent = question;
  find("reason").value = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? find("reason").value.trim() : ""), { once: true });
  });
}
