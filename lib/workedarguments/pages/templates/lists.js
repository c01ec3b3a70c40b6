"use strict";
// The lists of this page, to be filtered and sorted. Without this script they stand there whole, in their own order.
(() => {
  const finder = document.getElementById("finder"), main = document.getElementById("main");

  function made(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }
  const box = made("input", { id: "find", type: "search", autocomplete: "off", spellcheck: false });
  const found = made("output", { id: "found", htmlFor: "find" });
  const how = made("span", { id: "find-how", className: "who", textContent: finder.dataset.how });
  box.setAttribute("aria-describedby", how.id);
  finder.append(made("label", { htmlFor: box.id, textContent: "Find a page" }), box, found, how);

  const items = [...document.querySelectorAll("[data-find]")].map((element) => {
    const about = element.closest("[data-about]");
    const state = element.querySelector(".state") ? "" : " up to date";
    return { element, about, words: `${element.textContent} ${about ? about.dataset.about : ""}${state}`.toLowerCase() };
  });
  // What holds items is hidden with the last of them: innermost first.
  const holders = [...main.querySelectorAll("h3 ~ ul, h3 ~ .table, details, section")].reverse()
    .filter((element) => element.querySelector("[data-find]"));
  const folds = [...main.querySelectorAll("details")];
  let before = null;

  function filter() {
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, words } of items) {
      element.hidden = !wanted.every((word) => words.includes(word));
      count += !element.hidden;
    }
    for (const holder of holders) {
      holder.hidden = !holder.querySelector("[data-find]:not([hidden])");
      const heading = holder.previousElementSibling;
      if (heading && heading.tagName === "H3") heading.hidden = holder.hidden;
    }
    // Folds open on what was found, and go back to how they were.
    if (wanted.length && !before) before = folds.map((fold) => fold.open);
    folds.forEach((fold, at) => {
      fold.open = wanted.length ? !fold.hidden : before ? before[at] : fold.open;
    });
    if (!wanted.length) before = null;
    found.textContent = wanted.length ? `${count.toLocaleString("en")} of ${items.length.toLocaleString("en")}` : "";
  }

  const order = new Intl.Collator("en", { numeric: true }).compare;
  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    const value = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
    heads.forEach((head, at) => {
      const button = made("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        const rows = [...body.rows].map((row) => [value(row, at), row]);
        rows.sort((one, other) => sign * order(one[0], other[0]));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  document.querySelectorAll("table[data-sort]").forEach(sortable);
  if (items.length) {
    finder.hidden = false;
    box.addEventListener("input", filter);
  }
})();
