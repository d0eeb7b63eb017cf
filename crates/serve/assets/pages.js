// The pages work without this script. With it, files can be dropped anywhere, forms say that they are busy, and the
// reasons of a sentence open under it.
"use strict";

const files = document.getElementById("files");
const chosen = document.getElementById("chosen");
const drop = document.querySelector(".drop");

function nameFiles() {
  const names = Array.from(files.files, (file) => file.name);
  chosen.textContent = names.length > 1 ? `${names.length} files: ${names.join(", ")}` : "";
}

if (files && drop) {
  files.addEventListener("change", nameFiles);
  const hasFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
      drop.classList.add("over");
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    const all = new DataTransfer();
    for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
    files.files = all.files;
    nameFiles();
    files.focus();
  });
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const busy = form.querySelector("[role=status]");
    if (busy) busy.textContent = "Reading …";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}
// a page that comes back from the history is not busy
addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll("form [role=status]")) busy.textContent = "";
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
});

// the reasons of a sentence, which are its tooltip without this script
function toggleReasons(sentence) {
  const open = sentence.parentElement.querySelector(".why");
  sentence.setAttribute("aria-expanded", open ? "false" : "true");
  if (open) {
    open.remove();
    return;
  }
  const list = document.createElement("div");
  list.className = "why";
  list.textContent = sentence.dataset.why || "Nothing in it bears on the negotiation.";
  sentence.parentElement.append(list);
}

for (const sentence of document.querySelectorAll("p.said")) {
  sentence.dataset.why = sentence.title;
  sentence.removeAttribute("title");
  sentence.setAttribute("role", "button");
  sentence.setAttribute("aria-expanded", "false");
  sentence.addEventListener("click", () => {
    if (!getSelection().toString()) toggleReasons(sentence);
  });
  sentence.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toggleReasons(sentence);
    }
  });
}

// the reasons are at their sentences, so the list of all of them can wait
if (document.querySelector("p.said")) {
  for (const ledger of document.querySelectorAll("main article details[open]")) ledger.open = false;
}

for (const link of document.querySelectorAll(".bar nav a")) {
  if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
}
