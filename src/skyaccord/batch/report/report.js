"use strict";
(() => {
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

  const table = document.getElementById("all-encounters");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows];
  const value = (row, k) => {
    const cell = row.cells[k];
    if (cell.dataset.v === undefined) return cell.textContent;
    return cell.dataset.v === "" ? Infinity : Number(cell.dataset.v);
  };
  [...table.tHead.rows[0].cells].forEach((head, k) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      rows.sort((a, b) => {
        const x = value(a, k), y = value(b, k);
        return sign * (typeof x === "number" ? (x === y ? 0 : x < y ? -1 : 1) : x.localeCompare(y));
      });
      body.append(...rows);
    });
  });

  const find = document.getElementById("find"), only = document.getElementById("only"), found = document.getElementById("found");
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase() + [...row.querySelectorAll("[title]")].map((e) => e.title.toLowerCase()).join(" ");
      const fits = words.every((word) => text.includes(word)) && (only.value === "" || row.cells[1].dataset.v === only.value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    found.textContent = `${shown} of ${rows.length} shown`;
  };
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  find.form.hidden = false;
  filter();
})();
