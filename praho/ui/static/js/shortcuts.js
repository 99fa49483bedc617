// Keys: "?" shows the help, a [data-shortcut] is focused by its key, "g" and a letter follow a [data-go] link.
(() => {
  const PATIENCE = 1500;
  let going = -Infinity;

  const go = (key) => {
    const link = document.querySelector(`a[data-go="${CSS.escape(key)}"]`);
    link?.click();
    return link !== null;
  };
  const focus = (key) => {
    const wanted = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
    wanted?.focus();
    wanted?.select?.();
    return wanted !== null;
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog:modal")) return;
    const after = performance.now() - going < PATIENCE;
    going = -Infinity;
    if (after && go(event.key)) event.preventDefault();
    else if (event.key === "g" && document.querySelector("a[data-go]")) going = performance.now();
    else if (event.key === "?") document.getElementById("shortcuts-dialog").showModal();
    else if (focus(event.key)) event.preventDefault();
  });
})();
