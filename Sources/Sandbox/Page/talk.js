// Messages: a channel, a thread beside it, and the Home tab.
import { byID, keeper, keyed, make, plural } from "/dom.js";
import {
  act, clockTime, dayName, desk, open, openThread, room, roomName, timeOf, world,
} from "/desk.js";
import { block } from "/blocks.js";
import { icon } from "/icons.js";
import { mrkdwn, plainText } from "/text.js";
import { scene } from "/windows.js";

const drawMessages = keeper(byID("messages"));
const drawReplies = keeper(byID("replies"));
const dismissed = new Set();
let shown = "";
let shownThread = null;
let heardUntil = "";
// The message that somebody asked to see, {ts, within}.
let pointing = null;

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

function everything() {
  const own = desk.state.ephemerals.filter((one) => !dismissed.has(one.ts));
  return [...desk.state.messages, ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

// ---- one message ----------------------------------------------------------------------------------------------

function face(message) {
  if (message.from_slack) return { name: "Slackbot", initials: "!", look: "face" };
  const isBot = Boolean(message.bot_id) || message.ephemeral;
  if (isBot) return { name: desk.state.bot.name, initials: "B", look: "face bot", isBot };
  const name = world().names[message.user] ?? message.user;
  const initials = name.split(" ").map((part) => part[0]).slice(0, 2).join("");
  const tint = [...message.user].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  return { name, initials, look: `face tint${tint}` };
}

function faceNode({ look, initials }) {
  return make("div", { class: look, "aria-hidden": "true" }, initials);
}

function head(message, { name, isBot }) {
  const date = timeOf(message.ts);
  const time = make("time", { dateTime: date.toISOString(), title: date.toLocaleString() }, clockTime(date));
  return make("div", { class: "who" }, name, isBot && make("small", { class: "app" }, "APP"), time,
    message.edited && make("small", { title: timeOf(message.edited.ts).toLocaleString() }, "(edited)"));
}

function privateLine(message) {
  const dismiss = make("button", { type: "button", class: "link", onclick: () => {
    dismissed.add(message.ts);
    drawTalk();
    byID("messages").focus();
  } }, "Dismiss message");
  return make("div", { class: "only" }, icon("eye"), " Only visible to you · ", keyed(dismiss, "ephemeral-" + message.ts, "dismiss"));
}

function messageNode(message, ...tail) {
  const who = face(message);
  const place = message.ephemeral ? "ephemeral" : "message";
  const here = scene({ place, ts: message.ts, channel: message.channel ?? desk.channel });
  const blocks = message.blocks ?? [];
  const content = blocks.length ? blocks.map((one) => block(one, here)) : [mrkdwn(message.text ?? "", world())];
  const look = ["message", message.ephemeral && "private", message.from_slack && "slackbot"];
  const node = make("article", {
    class: look.filter(Boolean).join(" "), tabIndex: -1, "aria-label": `${who.name}: ${plainText(message.text ?? "", world())}`,
  }, message.ephemeral && privateLine(message), faceNode(who),
  make("div", { class: "body" }, head(message, who),
    make("div", { class: "content" }, ...content), ...tail));
  node.dataset.ts = message.ts;
  return keyed(node, `${place}-${message.ts}`);
}

// ---- the channel ----------------------------------------------------------------------------------------------

function goThread(message) {
  openThread(message.ts);
  byID("thread-say").focus();
}

// What floats over a message under the pointer.
function toolbar(message) {
  if (message.ephemeral) return null;
  const reply = make("button", { type: "button", onclick: () => goThread(message) }, icon("speech"),
    make("span", {}, "Reply in thread"));
  return make("div", { class: "acts" }, !isReply(message) && keyed(reply, `message-${message.ts}`, "reply"), shortcut(message));
}

// The app's entry in a message's menu.
function shortcut(message) {
  const use = () => act({ kind: "shortcut", callback_id: "lead.from_message.v1", channel: message.channel ?? desk.channel, ts: message.ts });
  return keyed(make("button", { type: "button", onclick: use }, icon("person"), make("span", {}, "Make a lead")), `message-${message.ts}`, "lead");
}

function threadLink(message, replies) {
  const last = replies.at(-1);
  if (!last) return null;
  const people = new Map(replies.map(face).map((one) => [one.name, one]));
  const link = make("button", { type: "button", class: "replies", onclick: () => goThread(message) },
    make("span", { class: "faces" }, ...[...people.values()].slice(0, 4).map(faceNode)),
    plural(replies.length, "reply", "replies"), make("small", {}, `Last reply ${when(timeOf(last.ts))}`));
  return keyed(link, `message-${message.ts}`, "thread");
}

const when = (date) => {
  const day = dayName(date);
  return `${["Today", "Yesterday"].includes(day) ? day.toLowerCase() : day} at ${clockTime(date)}`;
};

function channelEntries() {
  const all = everything();
  const parents = new Set(all.filter((one) => !isReply(one)).map((one) => one.ts));
  const entries = [];
  let day = "";
  let marksNew = Boolean(desk.readUntil);
  for (const message of all.filter((one) => !isReply(one) || !parents.has(one.thread_ts))) {
    const name = dayName(timeOf(message.ts));
    if (name !== day) entries.push(divider("day", (day = name)));
    if (marksNew && message.ts > desk.readUntil && message.user !== desk.user) {
      marksNew = false;
      if (entries.length > 1) entries.push(divider("new", "New"));
    }
    const replies = all.filter((one) => isReply(one) && one.thread_ts === message.ts);
    entries.push({
      key: message.ts, facts: [message, replies.length, replies.at(-1)?.ts, name],
      draw: () => messageNode(message, threadLink(message, replies), toolbar(message)),
    });
  }
  return entries;
}

function divider(kind, text) {
  const draw = () => make("div", { class: `rule ${kind}`, role: "separator", "aria-label": text }, make("span", {}, text));
  return { key: kind + text, facts: text, draw };
}

function emptyEntry() {
  const one = room(desk.channel);
  const texts = one?.archived
    ? ["This channel is archived: nobody can post here, Baton neither."]
    : [`Nothing in ${roomName(one)} yet.`,
      "Send a lead with the form: its card comes to the channel of the team that the rules name. Or type /lead help below."];
  return { key: "empty" + desk.channel, facts: texts, draw: () => make("div", { class: "empty" }, ...texts.map((text) => make("p", {}, text))) };
}

function homeEntries() {
  const { home } = desk.state;
  if (!home) {
    const text = "Baton has published no Home tab for this person. Their leads: type /lead mine in a channel.";
    return [{ key: "no-home", facts: text, draw: () => make("p", { class: "empty" }, text) }];
  }
  return home.blocks.map((one, index) => ({
    key: `home ${index}`, facts: [one, desk.user], draw: () => block(one, scene({ place: "home" })),
  }));
}

export function drawTalk() {
  const pane = byID("messages");
  const one = room(desk.channel);
  byID("line").hidden = desk.showsHome || one?.archived;
  byID("say").placeholder = `Message ${roomName(one)}`;
  byID("room-name").textContent = desk.showsHome ? "Baton · Home" : roomName(one);
  byID("room-about").textContent = desk.showsHome ? "" : about(one);
  const here = [desk.channel, desk.user, desk.showsHome].join();
  const isBelow = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
  const entries = desk.showsHome ? homeEntries() : channelEntries();
  drawMessages(entries.length ? entries.map((entry) => ({ ...entry, key: here + entry.key })) : [emptyEntry()]);
  if (here !== shown || isBelow) scrollToEnd(pane);
  announce(here === shown);
  shown = here;
  drawThread();
}

// Tells screen readers of what has come since; what is there when a channel is opened they read themselves.
function announce(isSamePlace) {
  const all = everything();
  const fresh = isSamePlace ? all.filter((one) => one.ts > heardUntil) : [];
  heardUntil = all.at(-1)?.ts ?? "";
  const texts = fresh.filter((one) => one.user !== desk.user || one.ephemeral).map((one) =>
    `${one.ephemeral ? "Only visible to you, " : ""}${face(one).name}: ${plainText(one.text ?? "", world())}`);
  if (texts.length) byID("said").textContent = texts.slice(-3).join(". ");
}

// To the newest message; a card taller than the pane is shown from its top.
function scrollToEnd(pane) {
  pane.scrollTop = pane.scrollHeight;
  const last = pane.lastElementChild;
  if (last && last.offsetHeight > pane.clientHeight) pane.scrollTop = last.offsetTop - pane.offsetTop;
}

function about(one) {
  if (!one) return "";
  if (one.archived) return "archived";
  return one.direct ? "Direct messages from Baton to you" : plural(one.messages, "message");
}

// Opens a message where it stands, as soon as it is drawn there; or what is to be used on it.
export function goToMessage(channel, ts, within = null) {
  pointing = { ts, within };
  open(channel);
  point();
}

export function point() {
  const node = pointing && byID("messages").querySelector(`[data-ts="${CSS.escape(pointing.ts)}"]`);
  if (!node) return;
  const part = pointing.within && node.querySelector(pointing.within);
  pointing = null;
  node.classList.add("fresh");
  // A card may be longer than the window.
  (part ?? node).scrollIntoView({ block: part ? "center" : "start" });
  (part ?? node).focus({ preventScroll: true });
}

// ---- the thread -----------------------------------------------------------------------------------------------

function drawThread() {
  const parent = desk.thread && everything().find((one) => one.ts === desk.thread);
  byID("thread").hidden = !parent || desk.showsHome;
  document.body.classList.toggle("threaded", !byID("thread").hidden);
  if (byID("thread").hidden) {
    shownThread = null;
    return drawReplies([]);
  }
  const replies = everything().filter((one) => isReply(one) && one.thread_ts === parent.ts);
  byID("thread-about").textContent = roomName(room(desk.channel));
  const count = divider("count", replies.length ? plural(replies.length, "reply", "replies") : "No reply yet");
  const pane = byID("replies");
  const isBelow = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
  drawReplies([entry(parent), { ...count, key: "count" }, ...replies.map(entry)]);
  if (shownThread !== desk.thread || isBelow) pane.scrollTop = pane.scrollHeight;
  shownThread = desk.thread;
}

function entry(message) {
  return { key: message.ts + desk.user, facts: [message, dayName(timeOf(message.ts))], draw: () => messageNode(message, toolbar(message)) };
}
