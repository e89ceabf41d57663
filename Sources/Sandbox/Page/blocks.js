// Draws Block Kit. Every text of a stranger becomes a text node; nothing is ever parsed as markup.

export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const emoji = {
  fire: "🔥", wave: "👋", white_check_mark: "✅", warning: "⚠️", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  bell: "🔔", star: "⭐", tada: "🎉", x: "❌", eyes: "👀", moneybag: "💰", seedling: "🌱", rotating_light: "🚨",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", white_circle: "⚪", mag: "🔍", inbox_tray: "📥",
  arrow_right: "➡️", calendar: "📅", memo: "📝", zap: "⚡", ballot_box_with_check: "☑️", no_entry: "⛔",
  baby_chick: "🐤", bulb: "💡", link: "🔗", phone: "📞", email: "📧", question: "❓", recycle: "♻️",
};

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji[name] ?? whole);

function safeLink(address, label) {
  const target = unescape(address);
  if (!/^(https?:|mailto:)/i.test(target)) return document.createTextNode(label);
  return make("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label);
}

function dateToken(token) {
  const [, seconds, format = ""] = token.split("|")[0].split("^");
  const fallback = token.split("|")[1] ?? "";
  const date = new Date(Number(seconds) * 1000);
  if (!Number.isFinite(date.getTime())) return fallback;
  const day = (style) => date.toLocaleDateString(undefined, style);
  const forms = {
    date: { year: "numeric", month: "long", day: "numeric" }, date_short: { year: "numeric", month: "short", day: "numeric" },
    date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "time") return date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
    if (name === "time_secs") return date.toLocaleTimeString();
    if (name === "date_num") return date.toISOString().slice(0, 10);
    const plain = name.replace("_pretty", "");
    if (name.endsWith("_pretty") && day({}) === new Date().toLocaleDateString(undefined, {})) return "today";
    return forms[plain] ? day(forms[plain]) : whole;
  });
}

function token(text, world) {
  const [head, label] = text.split("|");
  if (head.startsWith("@")) return make("span", { class: "mention" }, "@" + (world.names[head.slice(1)] ?? label ?? head.slice(1)));
  if (head.startsWith("#")) return make("span", { class: "mention" }, "#" + (world.rooms[head.slice(1)] ?? label ?? head.slice(1)));
  if (head.startsWith("!date")) return document.createTextNode(dateToken(text));
  if (head.startsWith("!")) return make("span", { class: "mention" }, "@" + unescape(label ?? head.slice(1)));
  return safeLink(head, unescape(label ?? head));
}

const pattern = /(```[\s\S]+?```)|(`[^`\n]+`)|<([^<>\n]+)>|(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?!\w)|(?<!\w)_(?=\S)([^_\n]*[^_\s])_(?!\w)|(?<!\w)~(?=\S)([^~\n]*[^~\s])~(?!\w)/g;

function inline(text, world) {
  const out = document.createDocumentFragment();
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    out.append(withEmoji(unescape(text.slice(last, found.index))));
    last = found.index + found[0].length;
    const [, fence, code, bracket, bold, italic, struck] = found;
    if (fence) out.append(make("pre", {}, unescape(fence.slice(3, -3)).replace(/^\n/, "")));
    else if (code) out.append(make("code", {}, unescape(code.slice(1, -1))));
    else if (bracket) out.append(token(bracket, world));
    else if (bold) out.append(make("strong", {}, inline(bold, world)));
    else if (italic) out.append(make("em", {}, inline(italic, world)));
    else if (struck) out.append(make("s", {}, inline(struck, world)));
  }
  out.append(withEmoji(unescape(text.slice(last))));
  return out;
}

export function mrkdwn(text, world) {
  const out = document.createDocumentFragment();
  const parts = text.includes("```") ? [text] : text.split("\n");
  parts.forEach((line, index) => {
    const quoted = /^(>|&gt;) ?/.exec(line);
    if (quoted) return out.append(make("blockquote", {}, inline(line.slice(quoted[0].length), world)));
    out.append(inline(line, world));
    if (index < parts.length - 1) out.append(make("br"));
  });
  return out;
}

export function words(object, world) {
  if (!object) return document.createTextNode("");
  if (object.type === "mrkdwn") return mrkdwn(object.text, world);
  return document.createTextNode(object.emoji === false ? unescape(object.text) : withEmoji(unescape(object.text)));
}

const plain = (object) => (object ? withEmoji(unescape(object.text)) : "");

// ---- elements -------------------------------------------------------------------------------------------------

// `scene` = {world, place, act(element, block, choice), find(element, block, text), draft}
function optionsOf(element) {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

function select(element, scene, block, entries, initial, choose) {
  const box = make("select", { "aria-label": plain(element.placeholder) || element.action_id });
  box.append(make("option", { value: "" }, plain(element.placeholder) || "Choose…"));
  entries.forEach(([value, label]) => box.append(make("option", { value, selected: value === initial }, label)));
  box.addEventListener("change", () => box.value && choose(box.value));
  return box;
}

function keep(scene, block, element, value) {
  if (scene.draft) ((scene.draft[block.block_id] ??= {})[element.action_id] = { type: element.type, ...value });
}

function kept(scene, block, element) {
  return scene.draft?.[block.block_id]?.[element.action_id];
}

// Notes what was chosen; outside input blocks (or where the app asked for it) tells the app at once.
function chosen(scene, block, element, value) {
  keep(scene, block, element, value);
  if (block.type !== "input" || block.dispatch_action) scene.act(element, block, value);
}

function staticSelect(element, scene, block) {
  const all = optionsOf(element);
  const before = (kept(scene, block, element)?.selected_option ?? element.initial_option)?.value;
  if (element.initial_option && !kept(scene, block, element)) keep(scene, block, element, { selected_option: element.initial_option });
  const box = select(element, scene, block, all.map((option) => [option.value, plain(option.text)]), before,
    (value) => chosen(scene, block, element, { selected_option: all.find((option) => option.value === value) }));
  return box;
}

function usersSelect(element, scene, block) {
  const before = kept(scene, block, element)?.selected_user ?? element.initial_user;
  if (element.initial_user && !kept(scene, block, element)) keep(scene, block, element, { selected_user: element.initial_user });
  return select(element, scene, block, Object.entries(scene.world.names), before,
    (value) => chosen(scene, block, element, { selected_user: value }));
}

function roomSelect(element, scene, block, key) {
  return select(element, scene, block, Object.entries(scene.world.rooms).map(([id, name]) => [id, "#" + name]),
    kept(scene, block, element)?.[key], (value) => chosen(scene, block, element, { [key]: value }));
}

function externalSelect(element, scene, block) {
  const before = kept(scene, block, element)?.selected_option ?? element.initial_option;
  if (before) keep(scene, block, element, { selected_option: before });
  const field = make("input", { type: "search", value: before ? plain(before.text) : "", placeholder: plain(element.placeholder), "aria-label": plain(element.placeholder) || element.action_id, role: "combobox", "aria-expanded": "false" });
  const list = make("ul", { hidden: true });
  let wait;
  const look = async () => {
    const least = element.min_query_length ?? 3;
    if (field.value.length < least) return (list.hidden = true);
    const options = await scene.find(element, block, field.value);
    list.replaceChildren(...(options.length ? options.map((option) => make("li", {}, make("button", {
      type: "button",
      onclick: () => { field.value = plain(option.text); list.hidden = true; chosen(scene, block, element, { selected_option: option }); },
    }, plain(option.text), option.description ? make("small", { class: "hint" }, " " + plain(option.description)) : null)))
      : [make("li", { class: "hint" }, "No result")]));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 200); });
  field.addEventListener("focus", look);
  return make("div", { class: "finder" }, field, list);
}

function picker(element, scene, block, type, key, initial) {
  const value = kept(scene, block, element)?.[key] ?? element[initial] ?? "";
  if (value) keep(scene, block, element, { [key]: value });
  return make("input", { type, value, "aria-label": plain(element.placeholder) || element.action_id,
    onchange: (event) => chosen(scene, block, element, { [key]: event.target.value }) });
}

function momentPicker(element, scene, block) {
  const before = kept(scene, block, element)?.selected_date_time ?? element.initial_date_time;
  if (before) keep(scene, block, element, { selected_date_time: before });
  const local = (seconds) => new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  return make("input", { type: "datetime-local", value: before ? local(before) : "", "aria-label": element.action_id,
    onchange: (event) => chosen(scene, block, element, { selected_date_time: Math.floor(new Date(event.target.value).getTime() / 1000) }) });
}

function textInput(element, scene, block) {
  const value = kept(scene, block, element)?.value ?? element.initial_value ?? "";
  if (value) keep(scene, block, element, { value });
  const types = { email_text_input: "email", url_text_input: "url", number_input: "number" };
  const field = make(element.multiline ? "textarea" : "input", { value, placeholder: plain(element.placeholder) });
  if (!element.multiline) { field.type = types[element.type] ?? "text"; if (element.is_decimal_allowed) field.step = "any"; }
  if (element.max_length) field.maxLength = element.max_length;
  field.addEventListener("input", () => keep(scene, block, element, { value: field.value === "" ? null : field.value }));
  if (block.dispatch_action) field.addEventListener("change", () => scene.act(element, block, { value: field.value }));
  return field;
}

function choices(element, scene, block, type) {
  const many = type === "checkbox";
  const before = kept(scene, block, element) ?? { selected_option: element.initial_option, selected_options: element.initial_options };
  const picked = new Set((many ? before.selected_options ?? [] : [before.selected_option]).filter(Boolean).map((option) => option.value));
  const value = () => {
    const now = element.options.filter((option) => picked.has(option.value));
    return many ? { selected_options: now } : { selected_option: now[0] ?? null };
  };
  if (picked.size) keep(scene, block, element, value());
  return make("div", {}, ...element.options.map((option) => make("label", { class: "choice" },
    make("input", { type, name: block.block_id + element.action_id, checked: picked.has(option.value), onchange: (event) => {
      if (!many) picked.clear();
      if (event.target.checked) picked.add(option.value); else picked.delete(option.value);
      chosen(scene, block, element, value());
    } }), make("span", {}, words(option.text, scene.world), option.description ? make("small", { class: "hint" }, " — ", words(option.description, scene.world)) : null))));
}

function overflow(element, scene, block) {
  return make("details", { class: "menu" }, make("summary", { "aria-label": "More actions" }, "⋯"), make("div", {},
    ...element.options.map((option) => make("button", { type: "button", onclick: (event) => {
      event.target.closest("details").open = false;
      scene.act(element, block, { selected_option: option });
    } }, words(option.text, scene.world)))));
}

function manySelect(element, scene, block) {
  const users = element.type === "multi_users_select";
  const all = users ? Object.entries(scene.world.names) : optionsOf(element).map((option) => [option.value, plain(option.text)]);
  const box = make("select", { multiple: true, size: Math.min(6, all.length || 1), "aria-label": plain(element.placeholder) || element.action_id });
  all.forEach(([value, label]) => box.append(make("option", { value }, label)));
  box.addEventListener("change", () => {
    const picked = [...box.selectedOptions].map((option) => option.value);
    chosen(scene, block, element, users ? { selected_users: picked } : { selected_options: optionsOf(element).filter((option) => picked.includes(option.value)) });
  });
  return box;
}

function button(element, scene, block) {
  const node = make("button", { type: "button", class: element.style ?? "", onclick: async () => {
    if (element.url) window.open(unescape(element.url), "_blank", "noopener,noreferrer");
    node.disabled = true;
    await scene.act(element, block, {});
    node.disabled = false;
  } }, words(element.text, scene.world));
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  return node;
}

export function element(json, scene, block) {
  switch (json.type) {
    case "button": return button(json, scene, block);
    case "static_select": return staticSelect(json, scene, block);
    case "external_select": return externalSelect(json, scene, block);
    case "users_select": return usersSelect(json, scene, block);
    case "conversations_select": return roomSelect(json, scene, block, "selected_conversation");
    case "channels_select": return roomSelect(json, scene, block, "selected_channel");
    case "datepicker": return picker(json, scene, block, "date", "selected_date", "initial_date");
    case "timepicker": return picker(json, scene, block, "time", "selected_time", "initial_time");
    case "datetimepicker": return momentPicker(json, scene, block);
    case "radio_buttons": return choices(json, scene, block, "radio");
    case "checkboxes": return choices(json, scene, block, "checkbox");
    case "overflow": return overflow(json, scene, block);
    case "plain_text_input": case "email_text_input": case "url_text_input": case "number_input":
      return textInput(json, scene, block);
    case "multi_static_select": case "multi_users_select": return manySelect(json, scene, block);
    case "image": return make("span", { class: "hint" }, "[" + json.alt_text + "]");
    default: return make("span", { class: "hint" }, "(" + json.type + ")");
  }
}

// ---- blocks ---------------------------------------------------------------------------------------------------

function inputBlock(block, scene) {
  const id = "in-" + block.block_id;
  const field = element(block.element, scene, block);
  const group = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const target = field.matches?.("input,select,textarea") ? field : field.querySelector?.("input");
  if (target && !group) target.id = id;
  const label = plain(block.label) + (block.optional ? " (optional)" : "");
  const error = scene.errors?.[block.block_id];
  const tail = [block.hint ? make("div", { class: "hint" }, words(block.hint, scene.world)) : null,
    error ? make("div", { class: "wrong", role: "alert" }, error) : null];
  if (group) return make("div", { class: "input" }, make("fieldset", {}, make("legend", {}, label), field), ...tail);
  return make("div", { class: "input" }, make("label", { htmlFor: id }, label), field, ...tail);
}

export function block(json, scene) {
  const { world } = scene;
  switch (json.type) {
    case "header": return make("div", { class: "block header", role: "heading", "aria-level": "3" }, words(json.text, world));
    case "divider": return make("div", { class: "block" }, make("hr"));
    case "context": return make("div", { class: "block context" }, ...(json.elements ?? []).map((part) =>
      part.type === "image" ? element(part, scene, json) : make("span", {}, words(part, world))));
    case "section": return make("div", { class: "block section" }, make("div", { class: "words" },
      json.text ? make("div", {}, words(json.text, world)) : null,
      json.fields ? make("div", { class: "fields" }, ...json.fields.map((field) => make("div", {}, words(field, world)))) : null),
      json.accessory ? element(json.accessory, scene, json) : null);
    case "actions": return make("div", { class: "block actions" }, ...json.elements.map((part) => element(part, scene, json)));
    case "input": return inputBlock(json, scene);
    case "rich_text": return make("div", { class: "block" }, richText(json, world));
    case "markdown": return make("div", { class: "block" }, mrkdwn(json.text, world));
    case "image": return make("div", { class: "block hint" }, "[" + (json.alt_text ?? "image") + "]");
    default: return make("div", { class: "block hint" }, "(" + json.type + ")");
  }
}

function richText(json, world) {
  const out = document.createDocumentFragment();
  const leaf = (part) => {
    if (part.type === "user") return make("span", { class: "mention" }, "@" + (world.names[part.user_id] ?? part.user_id));
    if (part.type === "link") return safeLink(part.url, part.text ?? part.url);
    let node = document.createTextNode(part.text ?? (emoji[part.name] ?? ""));
    if (part.style?.code) node = make("code", {}, node);
    if (part.style?.bold) node = make("strong", {}, node);
    if (part.style?.italic) node = make("em", {}, node);
    return node;
  };
  const kinds = { rich_text_quote: "blockquote", rich_text_preformatted: "pre", rich_text_section: "div" };
  for (const part of json.elements ?? []) {
    if (part.type === "rich_text_list") {
      out.append(make(part.style === "ordered" ? "ol" : "ul", {}, ...part.elements.map((item) => make("li", {}, ...item.elements.map(leaf)))));
    } else out.append(make(kinds[part.type] ?? "div", {}, ...(part.elements ?? []).map(leaf)));
  }
  return out;
}
