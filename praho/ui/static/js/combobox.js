// Makes select[data-combobox] searchable. The select stays the form's field; the text box beside it chooses from it.
(() => {
  const MOST = 100;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const words = (text) => plain(text).split(/\s+/).filter(Boolean);
  let made = 0;

  class Combobox {
    constructor(select) {
      const template = document.getElementById("combobox-template");
      this.none = template.dataset.none;
      this.select = select;
      this.box = template.content.firstElementChild.cloneNode(true);
      this.input = this.box.querySelector("input");
      this.list = this.box.querySelector("ul");
      this.active = -1;
      this.takePlace();
      this.show();
      this.listen();
    }

    // The label, the notes and the summary of errors lead to the text box from now on.
    takePlace() {
      const { select, input, list } = this;
      made += 1;
      list.id = `combobox-list-${made}`;
      input.id = select.id;
      input.setAttribute("aria-controls", list.id);
      for (const name of ["aria-describedby", "aria-invalid", "aria-label", "required", "disabled"]) {
        if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
      }
      input.placeholder = [...select.options].find((option) => option.value === "")?.text ?? "";
      const label = select.labels?.[0]?.textContent.trim();
      if (label) list.setAttribute("aria-label", label);
      select.id = `${input.id}-choice`;
      select.hidden = true;
      select.required = false;
      select.after(this.box);
    }

    listen() {
      this.input.addEventListener("input", () => this.open(this.input.value));
      this.input.addEventListener("click", () => (this.list.hidden ? this.open("") : this.close()));
      this.input.addEventListener("focus", () => this.input.select());
      this.input.addEventListener("blur", () => this.leave());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        const entry = event.target.closest("[role=option][data-value]");
        if (entry) this.choose(entry.dataset.value);
      });
      this.select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
    }

    show() {
      const chosen = this.select.selectedOptions[0];
      this.input.value = chosen && chosen.value !== "" ? chosen.text : "";
    }

    matching(typed) {
      const wanted = words(typed);
      const first = wanted[0] ?? "";
      return [...this.select.options]
        .filter((option) => wanted.every((word) => plain(option.text).includes(word)))
        .sort((one, other) => plain(other.text).startsWith(first) - plain(one.text).startsWith(first))
        .slice(0, MOST);
    }

    open(typed) {
      const entries = this.matching(typed).map((option, at) => {
        const entry = document.createElement("li");
        entry.id = `${this.list.id}-${at}`;
        entry.setAttribute("role", "option");
        entry.setAttribute("aria-selected", String(option.selected));
        entry.dataset.value = option.value;
        entry.textContent = option.text || "–";
        return entry;
      });
      if (entries.length === 0) {
        const entry = document.createElement("li");
        entry.setAttribute("role", "option");
        entry.setAttribute("aria-disabled", "true");
        entry.textContent = this.none;
        entries.push(entry);
      }
      this.list.replaceChildren(...entries);
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      const selected = entries.findIndex((entry) => entry.getAttribute("aria-selected") === "true");
      this.mark(typed ? 0 : Math.max(0, selected));
    }

    mark(at) {
      const entries = this.list.children;
      entries[this.active]?.removeAttribute("data-active");
      this.active = (at + entries.length) % entries.length;
      const entry = entries[this.active];
      entry.setAttribute("data-active", "");
      this.input.setAttribute("aria-activedescendant", entry.id);
      entry.scrollIntoView({ block: "nearest" });
    }

    choose(value) {
      const changed = this.select.value !== value;
      this.select.value = value;
      this.close();
      this.show();
      if (changed) this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    close() {
      this.list.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    // An emptied box chooses the empty option, where there is one.
    leave() {
      const empty = [...this.select.options].some((option) => option.value === "");
      if (this.input.value.trim() === "" && empty) this.choose("");
      this.close();
      this.show();
    }

    key(event) {
      const closed = this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (closed) this.open("");
        else this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !closed) {
        event.preventDefault();
        const entry = this.list.children[this.active];
        if (entry?.dataset.value !== undefined) this.choose(entry.dataset.value);
      } else if (event.key === "Escape" && !closed) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        this.show();
      }
    }
  }

  const arrive = (within) => {
    const selects = [...within.querySelectorAll("select[data-combobox]:not([hidden])")];
    if (within.matches("select[data-combobox]:not([hidden])")) selects.push(within);
    for (const select of selects) new Combobox(select);
  };
  arrive(document.body);
  document.addEventListener("htmx:load", (event) => arrive(event.target));

  // A place for files says what was chosen.
  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-file-drop]");
    if (!drop) return;
    const names = drop.querySelector("[data-file-names]");
    names.textContent = [...event.target.files].map((file) => file.name).join(", ");
    names.hidden = event.target.files.length === 0;
    drop.querySelector("[data-file-hint]").hidden = !names.hidden;
  });
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) => event.target.closest?.("[data-file-drop]")?.toggleAttribute("data-over", over));
  }
})();
