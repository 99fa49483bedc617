// What happens around requests: progress, the focus after a swap, an ended session, errors.
(() => {
  const VISIBLE_AFTER = 250;
  let open = 0;
  let timer;

  const bar = () => document.getElementById("progress");
  const toast = (name) => {
    const message = document.getElementById("toasts").dataset[name];
    document.dispatchEvent(new CustomEvent("toast", { detail: { message, tone: "danger" } }));
  };

  document.addEventListener("htmx:beforeRequest", () => {
    open += 1;
    if (open === 1) timer = setTimeout(() => bar().classList.add("htmx-request"), VISIBLE_AFTER);
  });
  document.addEventListener("htmx:afterRequest", () => {
    open = Math.max(0, open - 1);
    if (open > 0) return;
    clearTimeout(timer);
    bar().classList.remove("htmx-request");
  });

  // The same bar for whole pages. A download leaves the page where it is, so the bar ends by itself.
  const LONGEST = 8000;
  let leaving;
  const arrived = () => {
    clearTimeout(leaving);
    if (open === 0) bar().classList.remove("htmx-request");
  };
  addEventListener("beforeunload", () => {
    leaving = setTimeout(() => {
      bar().classList.add("htmx-request");
      leaving = setTimeout(arrived, LONGEST);
    }, VISIBLE_AFTER);
  });
  addEventListener("pageshow", arrived);

  // Who stood in what was replaced stands in its replacement, and not at the top of the page.
  let stood = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    stood = event.detail.target.contains(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.detail.elt;
    if (!stood || document.activeElement !== document.body || !place.isConnected) return;
    stood = false;
    const wanted = place.querySelector("[data-error-summary], [autofocus]") ?? place;
    if (!wanted.matches("a, button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
    wanted.focus({ preventScroll: true });
    if (place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: "start" });
  });

  // The server's own error fragments name their place; an error page of a proxy is not swapped in.
  const placed = (xhr) => xhr.getResponseHeader("HX-Retarget") !== null;

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status >= 400 && xhr.status !== 401 && placed(xhr)) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const signIn = document.body.dataset.signIn;
    if (xhr.status !== 401 || !signIn) {
      if (!placed(xhr)) toast("failed");
      return;
    }
    const target = new URL(signIn, location.href);
    target.searchParams.set("next", location.pathname + location.search);
    location.assign(target);
  });
  document.addEventListener("htmx:sendError", () => toast("offline"));
  document.addEventListener("htmx:timeout", () => toast("offline"));
})();
