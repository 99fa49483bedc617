// Light or dark: the switch writes the cookie that the server reads, so the next page comes in the right theme.
(() => {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "praho-dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    const chosen = dark() ? "light" : "dark";
    root.dataset.theme = chosen === "dark" ? "praho-dark" : "praho";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `praho_theme=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  });
})();
