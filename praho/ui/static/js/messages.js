// Toasts: shown for answers that carry the trigger "toast", for lost connections and for failed requests.
(() => {
  const SECONDS = 7;

  const show = (message, tone = "info") => {
    const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
    toast.classList.add(`tone-${tone}`);
    toast.querySelector("[data-message]").textContent = message;
    document.getElementById("toasts").append(toast);
    if (tone !== "danger") setTimeout(() => toast.remove(), SECONDS * 1000);
  };

  document.addEventListener("toast", (event) => show(event.detail.message ?? event.detail.value, event.detail.tone));
  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest("[data-dismissible]")?.remove();
  });
})();
