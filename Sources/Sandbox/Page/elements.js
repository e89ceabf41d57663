// The elements of Block Kit that somebody can use.
//
// A `scene` is where they stand: {world, place, act(element, block, choice), find(element, block, text), draft, errors}.
// `draft` holds what was entered so far, in the shape in which Slack sends it.
import { busyButton, keyed, make } from "/dom.js";
import { finder } from "/finder.js";
import { goInstead } from "/places.js";
import { plain, unescape, words } from "/text.js";

const key = (node, scene, block, element) => keyed(node, scene.place, block.block_id, element.action_id);

function label(element, block) {
  return plain(element.placeholder) || (block.label ? plain(block.label) : "Choose");
}

export function keep(scene, block, element, value) {
  if (scene.draft) ((scene.draft[block.block_id] ??= {})[element.action_id] = { type: element.type, ...value });
}

export function kept(scene, block, element) {
  return scene.draft?.[block.block_id]?.[element.action_id];
}

// What was chosen; outside input blocks, or where the app asked for it, the app hears of it at once.
function chosen(scene, block, element, value) {
  keep(scene, block, element, value);
  if (block.type !== "input" || block.dispatch_action) scene.act(element, block, value);
}

// The value so far, else the app's; what the app filled in counts as entered.
function current(scene, block, element, name, initial) {
  const before = kept(scene, block, element)?.[name];
  if (before !== undefined) return before;
  if (element[initial] !== undefined) keep(scene, block, element, { [name]: element[initial] });
  return element[initial];
}

// ---- menus ----------------------------------------------------------------------------------------------------

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

function optionNodes(options, isChosen) {
  return options.map((one) => make("option", { value: one.value, selected: isChosen(one.value) }, plain(one.text)));
}

function menuNodes(element, isChosen) {
  if (!element.option_groups) return optionNodes(element.options ?? [], isChosen);
  return element.option_groups.map((group) =>
    make("optgroup", { label: plain(group.label) }, ...optionNodes(group.options, isChosen)));
}

function menu(element, scene, block, nodes, choose) {
  const empty = make("option", { value: "" }, plain(element.placeholder) || "Choose…");
  const box = make("select", { "aria-label": label(element, block) }, empty, ...nodes);
  box.addEventListener("change", () => choose(box.value));
  return key(box, scene, block, element);
}

function staticSelect(element, scene, block) {
  const before = current(scene, block, element, "selected_option", "initial_option")?.value;
  return menu(element, scene, block, menuNodes(element, (value) => value === before), (value) => chosen(
    scene, block, element, { selected_option: optionsOf(element).find((one) => one.value === value) ?? null }));
}

function listSelect(element, scene, block, entries, name, initial) {
  const before = current(scene, block, element, name, initial);
  const nodes = entries.map(([value, text]) => make("option", { value, selected: value === before }, text));
  return menu(element, scene, block, nodes, (value) => chosen(scene, block, element, { [name]: value || null }));
}

const people = (scene) => Object.entries(scene.world.names);
const rooms = (scene) => Object.entries(scene.world.rooms).map(([id, name]) => [id, "#" + name]);

function manySelect(element, scene, block) {
  const users = element.type === "multi_users_select";
  const name = users ? "selected_users" : "selected_options";
  const before = current(scene, block, element, name, users ? "initial_users" : "initial_options") ?? [];
  const isChosen = (value) => before.some((one) => (one.value ?? one) === value);
  const nodes = users
    ? people(scene).map(([value, text]) => make("option", { value, selected: isChosen(value) }, text))
    : menuNodes(element, isChosen);
  const box = make("select", { multiple: true, size: 6, "aria-label": label(element, block) }, ...nodes);
  box.addEventListener("change", () => {
    const values = [...box.selectedOptions].map((option) => option.value);
    const value = users ? values : optionsOf(element).filter((option) => values.includes(option.value));
    chosen(scene, block, element, { [name]: value });
  });
  return key(box, scene, block, element);
}

function externalSelect(element, scene, block) {
  const before = current(scene, block, element, "selected_option", "initial_option");
  return finder({
    label: label(element, block), placeholder: plain(element.placeholder), value: before ? plain(before.text) : "",
    least: element.min_query_length ?? 3, key: [scene.place, block.block_id, element.action_id],
    find: (text) => scene.find(element, block, text),
    choose: (option) => chosen(scene, block, element, { selected_option: option }),
  });
}

function overflow(element, scene, block) {
  const entries = element.options.map((option) => make("button", { type: "button", onclick: (event) => {
    event.target.closest("details").open = false;
    if (option.url) window.open(unescape(option.url), "_blank", "noopener,noreferrer");
    scene.act(element, block, { selected_option: option });
  } }, words(option.text, scene.world)));
  const summary = key(make("summary", { "aria-label": "More actions" }, "⋯"), scene, block, element);
  return make("details", { class: "menu" }, summary, make("div", {}, ...entries));
}

// ---- fields ---------------------------------------------------------------------------------------------------

function picker(element, scene, block, type, name, initial) {
  const value = current(scene, block, element, name, initial) ?? "";
  const field = make("input", { type, value, "aria-label": label(element, block) });
  field.addEventListener("change", () => chosen(scene, block, element, { [name]: field.value || null }));
  return key(field, scene, block, element);
}

function momentPicker(element, scene, block) {
  const before = current(scene, block, element, "selected_date_time", "initial_date_time");
  const local = (seconds) => {
    const date = new Date(seconds * 1000);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  };
  const value = before ? local(before) : "";
  const field = make("input", { type: "datetime-local", value, "aria-label": label(element, block) });
  field.addEventListener("change", () => {
    const moment = field.value ? Math.floor(new Date(field.value).getTime() / 1000) : null;
    chosen(scene, block, element, { selected_date_time: moment });
  });
  return key(field, scene, block, element);
}

const inputTypes = { email_text_input: "email", url_text_input: "url", number_input: "number" };

function textInput(element, scene, block) {
  const value = current(scene, block, element, "value", "initial_value") ?? "";
  const tag = element.multiline ? "textarea" : "input";
  const field = make(tag, { value, placeholder: plain(element.placeholder), "aria-label": label(element, block) });
  if (!element.multiline) field.type = inputTypes[element.type] ?? "text";
  if (element.is_decimal_allowed) field.step = "any";
  if (element.max_length) field.maxLength = element.max_length;
  field.addEventListener("input", () =>
    keep(scene, block, element, { value: field.value === "" ? null : field.value }));
  if (block.dispatch_action) {
    field.addEventListener("change", () => scene.act(element, block, { value: field.value }));
  }
  return key(field, scene, block, element);
}

function choices(element, scene, block, type) {
  const many = type === "checkbox";
  const before = many
    ? current(scene, block, element, "selected_options", "initial_options") ?? []
    : [current(scene, block, element, "selected_option", "initial_option")].filter(Boolean);
  const picked = new Set(before.map((option) => option.value));
  const pick = (value, on) => {
    if (!many) picked.clear();
    if (on) picked.add(value); else picked.delete(value);
    const list = element.options.filter((option) => picked.has(option.value));
    chosen(scene, block, element, many ? { selected_options: list } : { selected_option: list[0] ?? null });
  };
  return make("div", {}, ...element.options.map((option) => choice(option, type, element, scene, block, picked, pick)));
}

function choice(option, type, element, scene, block, picked, pick) {
  const box = make("input", {
    type, name: `${block.block_id} ${element.action_id}`, checked: picked.has(option.value),
    onchange: (event) => pick(option.value, event.target.checked),
  });
  keyed(box, scene.place, block.block_id, element.action_id, option.value);
  return make("label", { class: "choice" }, box, make("span", {}, words(option.text, scene.world),
    option.description && make("small", { class: "hint" }, " ", words(option.description, scene.world))));
}

function button(element, scene, block) {
  const look = { primary: "primary", danger: "danger" }[element.style] ?? "";
  const node = busyButton({ class: look }, async () => {
    const address = element.url && unescape(element.url);
    if (address && !goInstead(address)) window.open(address, "_blank", "noopener,noreferrer");
    await scene.act(element, block, {});
  }, words(element.text, scene.world));
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  return key(node, scene, block, element);
}

export function element(json, scene, block) {
  switch (json.type) {
    case "button": return button(json, scene, block);
    case "static_select": return staticSelect(json, scene, block);
    case "external_select": return externalSelect(json, scene, block);
    case "users_select": return listSelect(json, scene, block, people(scene), "selected_user", "initial_user");
    case "conversations_select":
      return listSelect(json, scene, block, rooms(scene), "selected_conversation", "initial_conversation");
    case "channels_select": return listSelect(json, scene, block, rooms(scene), "selected_channel", "initial_channel");
    case "datepicker": return picker(json, scene, block, "date", "selected_date", "initial_date");
    case "timepicker": return picker(json, scene, block, "time", "selected_time", "initial_time");
    case "datetimepicker": return momentPicker(json, scene, block);
    case "radio_buttons": return choices(json, scene, block, "radio");
    case "checkboxes": return choices(json, scene, block, "checkbox");
    case "overflow": return overflow(json, scene, block);
    case "plain_text_input": case "email_text_input": case "url_text_input": case "number_input":
      return textInput(json, scene, block);
    case "multi_static_select": case "multi_users_select": return manySelect(json, scene, block);
    case "image": return make("span", { class: "hint" }, "[" + (json.alt_text ?? "image") + "]");
    default: return make("span", { class: "hint" }, "(" + json.type + ")");
  }
}
