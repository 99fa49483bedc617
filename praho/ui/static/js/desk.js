// The staff's keyboard: the palette (Ctrl-K, "/"), and moving through the rows of a list (j, k, Enter, x, [ and ]).
(() => {
  const MOST_RECENT = 6;
  const DETAIL = /^\/admin\/[a-z]+\/[a-z]{3}_\w+$/;
  const palette = document.getElementById("palette");
  const input = document.getElementById("palette-input");
  const list = document.getElementById("palette-hits");
  if (!palette) return;
  const memory = `praho.recent.${palette.dataset.owner}`;

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(memory)) ?? [];
    } catch {
      return [];
    }
  };
  const remember = () => {
    const title = document.querySelector("main h1")?.textContent.trim();
    if (!title || !DETAIL.test(location.pathname)) return;
    const others = recent().filter((page) => page.url !== location.pathname);
    localStorage.setItem(memory, JSON.stringify([{ url: location.pathname, title }, ...others].slice(0, MOST_RECENT)));
  };

  const hits = () => [...list.querySelectorAll("[data-hit]")];
  let loaded = null;
  let follow = false;
  let ahead = 0;

  const choose = (hit) => {
    for (const other of hits()) other.setAttribute("aria-selected", String(other === hit));
    if (hit) input.setAttribute("aria-activedescendant", hit.id);
    else input.removeAttribute("aria-activedescendant");
    hit?.scrollIntoView({ block: "nearest" });
  };
  const chosen = () => hits().find((hit) => hit.getAttribute("aria-selected") === "true");
  const move = (step) => {
    // Keys may be faster than the answer: they count among what comes.
    if (loaded !== input.value) {
      ahead += step;
      return;
    }
    const all = hits();
    if (all.length) choose(all.at((all.indexOf(chosen()) + step) % all.length));
  };

  const showRecent = () => {
    const pages = recent().filter((page) => page.url !== location.pathname);
    if (input.value.trim() || !pages.length) return;
    const section = document.createElement("section");
    const heading = document.createElement("h2");
    heading.className = "eyebrow";
    heading.textContent = palette.dataset.recent;
    const rows = document.createElement("ul");
    for (const page of pages) {
      const link = document.createElement("a");
      link.className = "hit";
      link.href = page.url;
      link.dataset.hit = "";
      link.textContent = page.title;
      const row = document.createElement("li");
      row.append(link);
      rows.append(row);
    }
    section.append(heading, rows);
    list.querySelector("[data-hits]")?.prepend(section);
  };
  const arrive = (event) => {
    // An answer may come while more is typed: it is known by what it was asked.
    loaded = new URL(event.detail.xhr.responseURL).searchParams.get("q") ?? "";
    showRecent();
    hits().forEach((hit, at) => {
      hit.id = `palette-hit-${at}`;
      hit.setAttribute("role", "option");
      hit.tabIndex = -1;
    });
    for (const element of list.querySelectorAll("ul, li, section, [data-hits]")) element.setAttribute("role", "presentation");
    choose(hits()[0]);
    if (loaded !== input.value) return;
    if (ahead) move(ahead);
    ahead = 0;
    if (follow) go();
  };
  const go = () => {
    follow = loaded !== input.value;
    if (!follow) chosen()?.click();
  };
  const open = () => {
    if (palette.open) return;
    input.value = "";
    loaded = null;
    ahead = 0;
    palette.showModal();
    input.focus();
    input.dispatchEvent(new Event("look"));
  };

  list.addEventListener("htmx:afterSettle", arrive);
  input.addEventListener("input", () => {
    ahead = 0;
    follow = false;
  });
  palette.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: go }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const search = document.getElementById("global-search");
  search?.addEventListener("mousedown", (event) => {
    event.preventDefault();
    open();
  });

  const rows = () => [...document.querySelectorAll("main .data-table tbody tr")];
  const row = () => rows().find((one) => one.hasAttribute("data-current"));
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(row());
    const next = all[Math.min(Math.max(at < 0 && by < 0 ? all.length - 1 : at + by, 0), all.length - 1)];
    all.forEach((one) => one.toggleAttribute("data-current", one === next));
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a[href]")?.focus();
  };
  const keys = {
    "/": open,
    j: () => step(1),
    k: () => step(-1),
    x: () => row()?.querySelector("input[name=chosen]")?.click(),
    "[": () => document.querySelector("main a[rel=prev]")?.click(),
    "]": () => document.querySelector("main a[rel=next]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      open();
      return;
    }
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog:modal")) return;
    if (event.key === "/") event.preventDefault();
    keys[event.key]?.();
  });
  document.addEventListener("focusin", (event) => {
    const within = event.target.closest?.("main .data-table tbody tr");
    if (within) rows().forEach((one) => one.toggleAttribute("data-current", one === within));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) localStorage.removeItem(memory);
  });
  const rail = document.getElementById("navigation");
  const here = rail?.querySelector("[aria-current]");
  if (here) rail.scrollTop = here.offsetTop + here.offsetHeight * 2 - rail.clientHeight;
  remember();
})();
