// Rows that are chosen for one action; a table that is too wide scrolls in its own frame, and so do tabs.
(() => {
  const boxes = (id) => [...document.querySelectorAll(`input[form="${CSS.escape(id)}"][name="chosen"]`)];
  let last = null;

  const count = (bar) => {
    const rows = boxes(bar.id);
    const chosen = rows.filter((box) => box.checked).length;
    const everything = bar.querySelector("[data-bulk-everything]");
    const all = everything?.checked ?? false;
    bar.querySelector("[data-bulk-count]").textContent = all ? everything.dataset.total : chosen;
    bar.toggleAttribute("data-chosen", chosen > 0 || all);
    const page = document.querySelector(`[data-bulk-page="${CSS.escape(bar.id)}"]`);
    if (!page) return;
    page.checked = rows.length > 0 && chosen === rows.length;
    page.indeterminate = chosen > 0 && chosen < rows.length;
  };
  const choose = (bar, chosen) => {
    for (const box of boxes(bar.id)) box.checked = chosen;
    const everything = bar.querySelector("[data-bulk-everything]");
    if (everything && !chosen) everything.checked = false;
    count(bar);
  };

  // Shift takes all rows between the last click and this one.
  const stretch = (box) => {
    const rows = boxes(box.form.id);
    const [from, to] = [rows.indexOf(last), rows.indexOf(box)].sort((one, other) => one - other);
    if (from >= 0) for (const between of rows.slice(from, to + 1)) between.checked = box.checked;
  };

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.('input[name="chosen"]');
    if (box?.form?.matches("[data-bulk]")) {
      if (event.shiftKey) stretch(box);
      last = box;
      count(box.form);
    }
    const clear = event.target.closest?.("[data-bulk-clear]");
    if (clear) choose(clear.form, false);
  });
  document.addEventListener("change", (event) => {
    const bar = event.target.form;
    if (bar?.matches("[data-bulk]")) count(bar);
    const page = event.target.dataset?.bulkPage;
    if (page) choose(document.getElementById(page), event.target.checked);
  });

  const fits = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.classList.remove("table-scrolls");
      target.classList.toggle("table-scrolls", target.firstElementChild.scrollWidth > target.clientWidth + 1);
    }
  });
  const arrive = (within) => {
    within.querySelectorAll("[data-bulk]").forEach(count);
    within.querySelectorAll("[data-table]").forEach((wrap) => fits.observe(wrap));
    within.querySelectorAll(".tabs > [aria-current]").forEach((tab) => {
      tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
    });
  };
  arrive(document.body);
  document.addEventListener("htmx:load", (event) => arrive(event.target.parentElement ?? event.target));
  addEventListener("pageshow", () => document.querySelectorAll("[data-bulk]").forEach(count));
})();
