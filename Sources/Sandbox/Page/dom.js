// Building and keeping nodes. Every text of a stranger becomes a text node; nothing is ever parsed as markup.

export const byID = (id) => document.getElementById(id);

export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// A name by which what had the focus is found again after it was drawn anew.
export function keyed(node, ...parts) {
  node.dataset.key = parts.join("/");
  return node;
}

// Gives the focus to the node of that name, or to what is left of where it stood.
export function focusAgain(parent, key) {
  for (let name = key; name; name = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "") {
    const node = parent.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (node) return node.focus({ preventScroll: true });
  }
}

// Makes `nodes` the children of `parent`, without touching those that are in their place already.
export function settle(parent, nodes) {
  const active = document.activeElement;
  const key = parent.contains(active) ? active.dataset.key : undefined;
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
  if (key && !parent.contains(document.activeElement)) focusAgain(parent, key);
}

// Draws a list into `parent`; an entry {key, facts, draw} is drawn again only when its facts have changed, so that
// focus, open menus and half-typed text survive everything else that happens.
export function keeper(parent) {
  let kept = new Map();
  return (entries) => {
    const next = new Map();
    for (const { key, facts, draw } of entries) {
      const text = JSON.stringify(facts ?? null);
      const old = kept.get(key);
      next.set(key, old?.text === text ? old : { text, node: draw() });
    }
    kept = next;
    settle(parent, [...next.values()].map((entry) => entry.node));
  };
}

// One press at a time. The button keeps its focus, which `disabled` would take away.
export function busyButton(props, work, ...children) {
  const node = make("button", { type: "button", ...props, onclick: async () => {
    if (node.getAttribute("aria-disabled") === "true") return;
    node.setAttribute("aria-disabled", "true");
    try { await work(); } finally { node.removeAttribute("aria-disabled"); }
  } }, ...children);
  return node;
}

export const plural = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;
