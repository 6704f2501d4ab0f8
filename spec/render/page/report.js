"use strict";
(() => {
  const number = (cell) => (cell.dataset.n === undefined ? null : Number(cell.dataset.n));
  const compare = (a, b) => {
    const m = number(a), n = number(b);
    return m !== null && n !== null ? m - n : a.textContent.localeCompare(b.textContent, undefined, { numeric: true });
  };
  const sort = (table, column, th) => {
    const body = table.tBodies[0], down = th.getAttribute("aria-sort") === "ascending";
    const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column]) * (down ? -1 : 1));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  };
  // enhance gives a table its buttons; those of a job wait until it is opened, as there can be thousands.
  const enhance = (table) => {
    [...table.tHead.rows[0].cells].forEach((th, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = th.textContent;
      button.addEventListener("click", () => sort(table, column, th));
      th.replaceChildren(button);
    });
    if (table.tBodies[0].rows.length < 8) return;
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = "Search";
    search.setAttribute("aria-label", "Search: " + table.caption.textContent);
    search.addEventListener("input", () => {
      const wanted = search.value.toLowerCase();
      for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
    table.parentElement.before(search);
  };
  const jobs = [...document.querySelectorAll("details.job")];
  for (const table of document.querySelectorAll("table.data")) if (!table.closest("details")) enhance(table);
  for (const job of jobs) {
    const once = () => job.querySelectorAll("table.data").forEach(enhance);
    if (job.open) once();
    else job.addEventListener("toggle", once, { once: true });
  }
  for (const copy of document.querySelectorAll(".copy")) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const text = copy.parentElement.querySelector("pre").textContent;
      try {
        await navigator.clipboard.writeText(text);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(copy.parentElement.querySelector("pre"));
        copy.textContent = "Selected";
      }
    });
  }
  const theme = document.getElementById("theme"), root = document.documentElement;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  const fold = document.getElementById("fold");
  const openAll = () => jobs.forEach((job) => (job.open = true));
  fold.hidden = jobs.length < 2;
  fold.addEventListener("click", () => {
    const open = jobs.some((job) => !job.open);
    jobs.forEach((job) => (job.open = open));
    fold.textContent = open ? "Close all" : "Open all";
  });
  addEventListener("beforeprint", openAll);
  const show = () => {
    const job = document.getElementById(location.hash.slice(1));
    if (job && job.tagName === "DETAILS") job.open = true;
  };
  addEventListener("hashchange", show);
  show();
})();
