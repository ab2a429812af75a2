// What is quicker with a script; every page can be read, and every claim judged, without it.
"use strict";

const ofForms = new Set(["INPUT", "TEXTAREA", "SELECT"]);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    const copied = navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.resolve(document.execCommand("copy"));
    copied.then(() => { button.textContent = button.dataset.done; });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || ofForms.has(event.target.tagName)) return;
  for (const key of document.querySelectorAll("[data-key]")) {
    if (key.dataset.key.split(" ").includes(event.key.toLowerCase())) {
      event.preventDefault();
      key.click();
      return;
    }
  }
});
