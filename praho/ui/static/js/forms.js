// A form is sent once; the summary of errors is read first.
(() => {
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  // The answer to a form takes the place of the page that sent it: to reload or to go back asks for that page again
  // and sends nothing.
  const sender = "posted" in document.body.dataset ? document.referrer : "";
  if (sender.startsWith(`${location.origin}/`)) history.replaceState(history.state, "", sender);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-submit-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) release(form);
  });
  // What is typed while an answer is under way stays when the answer takes the fields' place.
  const sent = new WeakMap();
  const typedIn = (within) => {
    const fields = within.querySelectorAll?.("input[id]:not([type=hidden]), select[id], textarea[id]") ?? [];
    return new Map([...fields].map((field) => [field.id, field.type === "checkbox" ? field.checked : field.value]));
  };
  document.addEventListener("htmx:beforeRequest", ({ detail }) => sent.set(detail.xhr, typedIn(detail.target)));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const before = sent.get(detail.xhr) ?? new Map();
    const now = [...typedIn(detail.target)];
    sent.set(detail.xhr, new Map(now.filter(([id, value]) => before.has(id) && before.get(id) !== value)));
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    for (const [id, value] of sent.get(detail.xhr) ?? []) {
      const field = document.getElementById(id);
      if (field) field[field.type === "checkbox" ? "checked" : "value"] = value;
    }
  });
  // A page that comes back from the browser's cache may be sent again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  const showErrors = (within) => within.querySelector?.("[data-error-summary]")?.focus();
  showErrors(document);
  document.addEventListener("htmx:afterSettle", (event) => showErrors(event.target));
})();
