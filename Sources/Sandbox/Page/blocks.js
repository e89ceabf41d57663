// Draws Block Kit's layout blocks.
import { make } from "/dom.js";
import { element } from "/elements.js";
import { icon } from "/icons.js";
import { emoji, mrkdwn, plain, safeLink, words } from "/text.js";

let number = 0;

function inputBlock(block, scene) {
  const id = `input-${(number += 1)}`;
  const field = element(block.element, scene, block);
  const isGroup = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const label = [plain(block.label), block.optional ? make("span", { class: "hint" }, " (optional)") : null];
  const error = scene.errors?.[block.block_id];
  const hint = block.hint && make("div", { class: "hint", id: id + "-hint" }, words(block.hint, scene.world));
  const wrong = error && make("div", { class: "wrong", role: "alert", id: id + "-wrong" }, icon("warning"), error);
  const about = [hint?.id, wrong?.id].filter(Boolean).join(" ") || null;
  if (isGroup) {
    const facts = { "aria-describedby": about, "aria-invalid": error ? "true" : null };
    return make("div", { class: "input" }, make("fieldset", facts, make("legend", {}, ...label), field), hint, wrong);
  }
  const target = field.matches("input,select,textarea") ? field : field.querySelector("input") ?? field;
  target.id = id;
  target.removeAttribute("aria-label");
  if (about) target.setAttribute("aria-describedby", about);
  if (error) target.setAttribute("aria-invalid", "true");
  if (!block.optional) target.setAttribute("aria-required", "true");
  return make("div", { class: "input" }, make("label", { htmlFor: id }, ...label), field, hint, wrong);
}

function section(json, scene) {
  const fields = json.fields?.map((field) => make("div", {}, words(field, scene.world)));
  return make("div", { class: "block section" }, make("div", { class: "words" },
    json.text && make("div", {}, words(json.text, scene.world)),
    fields && make("div", { class: "fields" }, ...fields)),
    json.accessory && element(json.accessory, scene, json));
}

function context(json, scene) {
  const parts = (json.elements ?? []).map((part) =>
    part.type === "image" ? element(part, scene, json) : make("span", {}, words(part, scene.world)));
  return make("div", { class: "block context" }, ...parts);
}

function actions(json, scene) {
  const nodes = json.elements.map((part) => element(part, scene, json));
  return make("div", { class: "block actions", role: "group", "aria-label": "Actions" }, ...nodes);
}

export function block(json, scene) {
  const { world } = scene;
  switch (json.type) {
    case "header":
      return make("div", { class: "block header", role: "heading", "aria-level": "3" }, words(json.text, world));
    case "divider": return make("div", { class: "block" }, make("hr"));
    case "context": return context(json, scene);
    case "section": return section(json, scene);
    case "actions": return actions(json, scene);
    case "input": return inputBlock(json, scene);
    case "rich_text": return make("div", { class: "block" }, richText(json, world));
    case "markdown": return make("div", { class: "block" }, mrkdwn(json.text, world));
    case "image": return make("div", { class: "block hint" }, "[" + (json.alt_text ?? "image") + "]");
    default: return make("div", { class: "block hint" }, "(" + json.type + ")");
  }
}

// ---- rich text ------------------------------------------------------------------------------------------------

function leaf(part, world) {
  if (part.type === "user") {
    return make("span", { class: "mention" }, "@" + (world.names[part.user_id] ?? part.user_id));
  }
  if (part.type === "link") return safeLink(part.url, part.text ?? part.url);
  let node = document.createTextNode(part.text ?? emoji[part.name] ?? "");
  for (const [style, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]]) {
    if (part.style?.[style]) node = make(tag, {}, node);
  }
  return node;
}

function richText(json, world) {
  const out = document.createDocumentFragment();
  const kinds = { rich_text_quote: "blockquote", rich_text_preformatted: "pre", rich_text_section: "div" };
  const leaves = (part) => (part.elements ?? []).map((one) => leaf(one, world));
  for (const part of json.elements ?? []) {
    if (part.type === "rich_text_list") {
      const items = part.elements.map((item) => make("li", {}, ...leaves(item)));
      out.append(make(part.style === "ordered" ? "ol" : "ul", {}, ...items));
    } else out.append(make(kinds[part.type] ?? "div", {}, ...leaves(part)));
  }
  return out;
}
