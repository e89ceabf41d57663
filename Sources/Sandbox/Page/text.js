// Slack's text: mrkdwn, its tokens and its emoji names.
import { make } from "/dom.js";
import { clockTime, dayName } from "/desk.js";
import { goInstead } from "/places.js";

export const emoji = {
  fire: "🔥", wave: "👋", white_check_mark: "✅", warning: "⚠️", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  bell: "🔔", star: "⭐", tada: "🎉", x: "❌", eyes: "👀", moneybag: "💰", seedling: "🌱", rotating_light: "🚨",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", white_circle: "⚪", mag: "🔍",
  inbox_tray: "📥", arrow_right: "➡️", calendar: "📅", memo: "📝", zap: "⚡", ballot_box_with_check: "☑️",
  no_entry: "⛔", baby_chick: "🐤", bulb: "💡", link: "🔗", phone: "📞", email: "📧", question: "❓", recycle: "♻️",
};

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji[name] ?? whole);

export function safeLink(address, label) {
  const target = unescape(address);
  if (!/^(https?:|mailto:)/i.test(target)) return document.createTextNode(label);
  const onclick = (event) => { if (goInstead(target)) event.preventDefault(); };
  return make("a", { href: target, target: "_blank", rel: "noopener noreferrer", onclick }, label);
}

const dateForms = {
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
};

// `!date^SECONDS^FORMAT|FALLBACK`, in the reader's own zone.
function dateToken(token) {
  const [, seconds, format = ""] = token.split("|")[0].split("^");
  const date = new Date(Number(seconds) * 1000);
  const fallback = unescape(token.split("|")[1] ?? "");
  if (!Number.isFinite(date.getTime())) return document.createTextNode(fallback);
  const text = format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "time") return clockTime(date);
    if (name === "time_secs") return date.toLocaleTimeString();
    if (name === "date_num") return date.toISOString().slice(0, 10);
    const form = dateForms[name.replace("_pretty", "")];
    if (!form) return whole;
    return name.endsWith("_pretty") ? pretty(date, form) : date.toLocaleDateString(undefined, form);
  });
  return make("time", { dateTime: date.toISOString(), title: fallback }, text);
}

function pretty(date, form) {
  const name = dayName(date, form);
  return ["Today", "Yesterday", "Tomorrow"].includes(name) ? name.toLowerCase() : name;
}

function mention(sign, name, isSelf = false) {
  return make("span", { class: isSelf ? "mention self" : "mention" }, sign + name);
}

function token(text, world) {
  const [head, label] = text.split("|");
  const id = head.slice(1);
  if (head.startsWith("@")) return mention("@", world.names[id] ?? label ?? id, id === world.self);
  if (head.startsWith("#")) return mention("#", world.rooms[id] ?? label ?? id);
  if (head.startsWith("!date")) return dateToken(text);
  if (head.startsWith("!")) return mention("@", unescape(label ?? id), true);
  return safeLink(head, unescape(label ?? head));
}

const pattern = new RegExp([
  "(```[\\s\\S]+?```)", "(`[^`\\n]+`)", "<([^<>\\n]+)>", styled("*"), styled("_"), styled("~"),
].join("|"), "g");

// Text between two of the sign, on one line; code inside is code, whatever it holds.
function styled(sign) {
  const one = `\\${sign}`;
  return `(?<![\\w${one}])${one}(?=\\S)((?:\`[^\`\\n]+\`|[^${one}\`\\n])+)(?<=\\S)${one}(?!\\w)`;
}

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
  const lines = text.includes("```") ? [text] : text.split("\n");
  lines.forEach((line, index) => {
    const quoted = /^(>|&gt;) ?/.exec(line);
    if (quoted) return out.append(make("blockquote", {}, inline(line.slice(quoted[0].length), world)));
    out.append(inline(line, world));
    if (index < lines.length - 1) out.append(make("br"));
  });
  return out;
}

// A text object: mrkdwn is read, plain text stands as it is.
export function words(object, world) {
  if (!object) return document.createTextNode("");
  if (object.type === "mrkdwn") return mrkdwn(object.text, world);
  const out = document.createDocumentFragment();
  plain(object).split("\n").forEach((line, index) => out.append(...(index ? [make("br"), line] : [line])));
  return out;
}

export function plain(object) {
  if (!object) return "";
  return object.emoji === false ? unescape(object.text) : withEmoji(unescape(object.text));
}

// Marked-up text as it is spoken: names for ids, without signs.
export function plainText(text, world) {
  const node = make("div", {}, mrkdwn(text, world));
  return node.textContent.replace(/\s+/g, " ").trim();
}
