// Toasts: shown for answers that carry the trigger "toast", for lost connections and for failed requests.
(() => {
  const SECONDS = 7;
  const SECONDS_TO_UNDO = 12;

  // A toast waits while somebody points at it or stands in it.
  const vanish = (toast, seconds) => {
    const held = () => toast.matches(":hover") || toast.contains(document.activeElement);
    setTimeout(() => (held() ? vanish(toast, 2) : toast.remove()), seconds * 1000);
  };
  const show = (message, tone = "info", undo = "") => {
    const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
    toast.classList.add(`tone-${tone}`);
    toast.querySelector("[data-message]").textContent = message;
    const form = toast.querySelector("form");
    if (form && undo) form.action = undo;
    else form?.remove();
    document.getElementById("toasts").append(toast);
    if (tone !== "danger") vanish(toast, undo ? SECONDS_TO_UNDO : SECONDS);
  };

  document.addEventListener("toast", (event) => {
    show(event.detail.message ?? event.detail.value, event.detail.tone, event.detail.undo);
  });
  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest("[data-dismissible]")?.remove();
  });
})();
