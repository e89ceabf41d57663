// A field that looks things up while somebody types, and lets them choose with mouse or arrow keys.
import { keyed, make } from "/dom.js";
import { plain } from "/text.js";

let number = 0;

export function finder({ label, placeholder, value, least, key, find, choose }) {
  const id = `finder-${(number += 1)}`;
  const list = make("ul", { id, role: "listbox", "aria-label": label, hidden: true });
  const field = make("input", {
    type: "text", value, placeholder, autocomplete: "off", role: "combobox", "aria-label": label,
    "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false",
  });
  const box = { field, list, options: [], at: -1, choose };
  let wait;
  let asked = 0;
  const look = async () => {
    const text = field.value.trim();
    const mine = (asked += 1);
    if (text.length < least) return close(box);
    const options = await find(text);
    if (mine === asked && document.activeElement === field) show(box, options);
  };
  field.addEventListener("input", () => {
    choose(null);
    clearTimeout(wait);
    wait = setTimeout(look, 150);
  });
  field.addEventListener("focus", () => { if (!field.value) look(); });
  field.addEventListener("blur", () => close(box));
  field.addEventListener("keydown", (event) => steer(box, event));
  return make("div", { class: "finder" }, keyed(field, ...key), list);
}

function show(box, options) {
  box.options = options;
  box.at = -1;
  const rows = options.map((option, index) => make("li", {
    id: `${box.list.id}-${index}`, role: "option", "aria-selected": "false",
    // Before the field loses the focus, which would close the list.
    onmousedown: (event) => { event.preventDefault(); take(box, index); },
  }, plain(option.text), option.description && make("small", { class: "hint" }, " " + plain(option.description))));
  const nothing = make("li", { class: "hint", role: "option", "aria-disabled": "true" }, "Nobody found");
  box.list.replaceChildren(...(rows.length ? rows : [nothing]));
  box.list.hidden = false;
  box.field.setAttribute("aria-expanded", "true");
}

function close(box) {
  box.list.hidden = true;
  box.at = -1;
  box.field.setAttribute("aria-expanded", "false");
  box.field.removeAttribute("aria-activedescendant");
}

function mark(box, index) {
  box.at = index;
  [...box.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === index)));
  box.field.setAttribute("aria-activedescendant", `${box.list.id}-${index}`);
  box.list.children[index].scrollIntoView({ block: "nearest" });
}

function take(box, index) {
  const option = box.options[index];
  box.field.value = plain(option.text);
  close(box);
  box.choose(option);
}

function steer(box, event) {
  if (box.list.hidden || !box.options.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const count = box.options.length;
    return mark(box, box.at < 0 && step < 0 ? count - 1 : (box.at + step + count) % count);
  }
  if (event.key === "Enter" && box.at >= 0) {
    event.preventDefault();
    take(box, box.at);
  }
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(box);
  }
}
