// A form is sent once; the summary of errors is read first.
(() => {
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

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
  // A page that comes back from the browser's cache may be sent again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  const showErrors = (within) => within.querySelector?.("[data-error-summary]")?.focus();
  showErrors(document);
  document.addEventListener("htmx:afterSettle", (event) => showErrors(event.target));
})();
