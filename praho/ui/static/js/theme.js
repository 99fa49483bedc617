// Light or dark: the switch writes the cookie that the server reads, so the next page comes in the right theme;
// for somebody who is signed in it is kept with the account as well.
(() => {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "praho-dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const keep = (theme) => {
    const address = document.body.dataset.themeUrl;
    const token = document.querySelector("input[name=csrf_token]")?.value;
    if (!address || !token) return;
    const body = new URLSearchParams({ theme, csrf_token: token });
    fetch(address, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => undefined);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    const chosen = dark() ? "light" : "dark";
    root.dataset.theme = chosen === "dark" ? "praho-dark" : "praho";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `praho_theme=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    keep(chosen);
  });
})();
