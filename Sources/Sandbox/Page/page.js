// The page: shows what one person sees in Slack, live, and sends what they do.
import { make, block, mrkdwn, words } from "/blocks.js";
import { buildForm, drawCRM, drawCalls, drawFaults, post, samples } from "/side.js";

const byID = (id) => document.getElementById(id);
const place = new URLSearchParams(location.hash.slice(1));
let user = place.get("user") ?? "";
let channel = place.get("channel") ?? "";
let showsHome = place.get("home") === "1";
let state = null;
let busy = false;
let again = false;
const drafts = {};
const drawn = {};
const openThreads = new Set();

// ---- talking to the sandbox -----------------------------------------------------------------------------------

async function refresh() {
  if (busy) return (again = true);
  busy = true;
  try {
    const response = await fetch(`/sandbox/state?user=${encodeURIComponent(user)}&channel=${encodeURIComponent(channel)}`);
    state = await response.json();
    user = state.user;
    channel = state.channel;
    draw();
  } catch {
    live(false);
  }
  busy = false;
  if (again) { again = false; setTimeout(refresh, 80); }
}

function live(on) {
  byID("live").textContent = on ? "live" : "not connected";
  byID("live").classList.toggle("on", on);
}

function listen() {
  const events = new EventSource("/sandbox/events");
  events.onopen = () => live(true);
  events.onmessage = refresh;
  events.onerror = () => live(false);
}

async function act(body) {
  const answer = await post("act", { user, channel, ...body });
  notice(answer.complaint ?? answer.error ?? "");
  return answer;
}

function notice(text) { byID("notice").textContent = text; }

function remember() {
  const now = new URLSearchParams({ user, channel });
  if (showsHome) now.set("home", "1");
  history.replaceState(null, "", "#" + now);
}

// ---- drawing --------------------------------------------------------------------------------------------------

function world() {
  return {
    names: Object.fromEntries([...state.users.map((one) => [one.id, one.name]), [state.bot.id, state.bot.name]]),
    rooms: Object.fromEntries(state.channels.filter((one) => !one.direct).map((one) => [one.id, one.name])),
  };
}

// Draws a part again only when what it shows has changed, so that focus and typing survive.
function when(name, facts, body) {
  const key = JSON.stringify(facts);
  if (drawn[name] === key) return;
  drawn[name] = body() === false ? null : key;
}

function draw() {
  when("users", [state.users, user], drawUsers);
  when("rooms", [state.channels, channel, showsHome], drawRooms);
  when("talk", [state.messages, state.ephemerals, channel, user, showsHome, state.home], drawTalk);
  when("modal", [state.views, user], () => drawModal({}));
  when("crm", state.crm, () => drawCRM(byID("panel-crm"), state.crm));
  when("calls", state.calls, () => drawCalls(byID("panel-calls"), state.calls));
  when("faults", state.services, () => drawFaults(byID("panel-faults"), state.services));
  guide();
  remember();
  markSeen();
}

// What is open before somebody's eyes is read.
function markSeen() {
  const room = state.channels.find((one) => one.id === channel);
  if (room?.unread && !showsHome && document.visibilityState === "visible") post("read", { user, channel });
}

function drawUsers() {
  byID("user").replaceChildren(...state.users.map((one) => make("option", { value: one.id, selected: one.id === user }, one.name)));
}

function drawRooms() {
  const name = (room) => (room.direct ? "✉ " : "# ") + room.name;
  byID("rooms").replaceChildren(...state.channels.map((room) => make("li", {}, make("button", {
    type: "button", class: "room" + (room.unread ? " unread" : ""), "aria-current": String(!showsHome && room.id === channel),
    onclick: () => open(room.id),
  }, name(room), room.unread ? make("span", { class: "count", "aria-label": `${room.unread} unread` }, String(room.unread)) : null))));
  byID("room-select").replaceChildren(...state.channels.map((room) => make("option", { value: room.id, selected: room.id === channel }, name(room) + (room.unread ? ` (${room.unread})` : ""))));
  const room = state.channels.find((one) => one.id === channel);
  byID("home").setAttribute("aria-current", String(showsHome));
  byID("room-name").textContent = showsHome ? "Baton · Home" : room ? name(room) : "";
}

function open(id) {
  channel = id;
  showsHome = false;
  notice("");
  refresh();
}

function scene(where, extra = {}) {
  const target = () => (where.place === "modal" || where.place === "home" ? {} : { channel: where.channel });
  return {
    world: world(),
    act: async (element, inside, choice) => {
      if (element.confirm && !(await sure(element.confirm))) return;
      await act({ kind: "press", ...where, ...target(), action: element.action_id, block: inside.block_id, choice, values: extra.draft ?? {} });
    },
    find: async (element, inside, text) => (await act({ kind: "suggest", ...where, action: element.action_id, block: inside.block_id, text })).options ?? [],
    ...extra,
  };
}

function face(message) {
  const bot = Boolean(message.bot_id) || message.ephemeral;
  const name = message.from_slack ? "Slack" : bot ? state.bot.name : world().names[message.user] ?? message.user;
  const initials = bot ? "B" : name.split(" ").map((part) => part[0]).slice(0, 2).join("");
  return { name, node: make("div", { class: "face" + (bot ? " bot" : ""), "aria-hidden": "true" }, message.from_slack ? "!" : initials), bot };
}

function drawMessage(message, replies) {
  const { name, node, bot } = face(message);
  const time = new Date(Number(message.ts) * 1000);
  const where = message.ephemeral ? { place: "ephemeral", ts: message.ts, channel: message.channel } : { place: "message", ts: message.ts, channel };
  const blocks = message.blocks ?? [];
  const body = blocks.length ? blocks.map((one) => block(one, scene(where))) : [mrkdwn(message.text ?? "", world())];
  return make("article", { class: "message" + (message.ephemeral ? " private" : "") + (message.from_slack ? " slackbot" : ""), "aria-label": message.text || name }, node,
    make("div", { class: "body" }, message.ephemeral ? make("div", { class: "only" }, "Only visible to you") : null,
      make("div", { class: "who" }, name, bot && !message.from_slack ? make("small", {}, "APP") : null,
        make("time", { dateTime: time.toISOString() }, time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })),
        message.edited ? make("small", {}, "(edited)") : null),
      make("div", {}, ...body)),
    replies === null ? null : drawThread(message, replies));
}

function drawThread(parent, replies) {
  if (!replies.length) return null;
  const box = make("details", { class: "thread", open: !openThreads.has(parent.ts) }, make("summary", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`), ...replies.map((one) => drawMessage(one, null)));
  box.addEventListener("toggle", () => (box.open ? openThreads.delete(parent.ts) : openThreads.add(parent.ts)));
  const field = make("input", { "aria-label": "Reply in thread", placeholder: "Reply…" });
  box.append(make("form", { class: "reply", onsubmit: (event) => {
    event.preventDefault();
    if (field.value.trim()) act({ kind: "write", text: field.value.trim(), thread: parent.ts });
  } }, field, make("button", { type: "submit" }, "Reply")));
  return box;
}

function drawTalk() {
  const pane = byID("messages");
  byID("line").hidden = showsHome;
  if (showsHome) return pane.replaceChildren(...drawHome());
  const below = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80;
  const all = [...state.messages, ...state.ephemerals].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;
  const parents = new Set(all.filter((one) => !isReply(one)).map((one) => one.ts));
  const top = all.filter((one) => !isReply(one) || !parents.has(one.thread_ts));
  pane.replaceChildren(...(top.length ? top.map((one) => drawMessage(one, all.filter((other) => isReply(other) && other.thread_ts === one.ts)))
    : [make("p", { class: "empty" }, "Nothing here yet. Send a lead with the form, or type /lead help.")]));
  if (below) pane.scrollTop = pane.scrollHeight;
}

function drawHome() {
  if (!state.home) return [make("p", { class: "empty" }, "Baton has not published a Home tab for this person yet.")];
  return state.home.blocks.map((one) => block(one, scene({ place: "home" })));
}

// ---- windows --------------------------------------------------------------------------------------------------

function drawModal(errors) {
  const dialog = byID("modal");
  const view = state.views.at(-1);
  if (!view) { if (dialog.open) dialog.close(); return; }
  const draft = (drafts[view.id] ??= {});
  const here = scene({ place: "modal" }, { draft, errors });
  const form = make("form", { method: "dialog", novalidate: "", onsubmit: (event) => { event.preventDefault(); submit(view, draft); } },
    make("div", { class: "blocks" }, ...view.blocks.map((one) => block(one, here))),
    make("footer", {}, make("button", { type: "button", onclick: closeModal }, view.close ? words(view.close, here.world) : "Close"),
      view.submit ? make("button", { type: "submit", class: "primary" }, words(view.submit, here.world)) : null));
  dialog.replaceChildren(make("header", {}, make("h2", { id: "modal-title" }, words(view.title, here.world)),
    make("button", { type: "button", "aria-label": "Close", onclick: closeModal }, "✕")), form);
  if (dialog.open) return;
  dialog.showModal();
  form.querySelector(".blocks input, .blocks select, .blocks textarea")?.focus();
}

async function submit(view, draft) {
  const missing = view.blocks.filter((one) => one.type === "input" && !one.optional && !filled(draft[one.block_id]?.[one.element.action_id]));
  if (missing.length) return drawModal(Object.fromEntries(missing.map((one) => [one.block_id, "Please complete this required field."])));
  const answer = await act({ kind: "submit", values: draft });
  if (answer.errors && Object.keys(answer.errors).length) drawModal(answer.errors);
}

function filled(value) {
  if (!value) return false;
  return Object.entries(value).some(([name, one]) => name !== "type" && one !== null && one !== "" && !(Array.isArray(one) && !one.length));
}

function closeModal() { act({ kind: "close" }); }

function sure(confirm) {
  const dialog = byID("sure");
  return new Promise((done) => {
    const answer = (value) => { dialog.close(); done(value); };
    dialog.replaceChildren(make("header", {}, make("h2", { id: "sure-title" }, words(confirm.title, world()))),
      make("div", { class: "blocks" }, words(confirm.text, world())),
      make("footer", {}, make("button", { type: "button", onclick: () => answer(false) }, words(confirm.deny, world())),
        make("button", { type: "button", class: confirm.style === "danger" ? "danger" : "primary", onclick: () => answer(true) }, words(confirm.confirm, world()))));
    dialog.oncancel = () => done(false);
    dialog.showModal();
  });
}

// ---- the guided first lead ------------------------------------------------------------------------------------

let guided = null;

function cardRoom() {
  return state.channels.find((one) => !one.direct && one.messages > (guided?.before[one.id] ?? 0));
}

function guide() {
  const step = guided === null ? 1 : guided.claimed ? 4 : guided.opened ? 3 : 2;
  [1, 2, 3].forEach((number) => {
    byID("step" + number).className = number < step ? "done" : number === step ? "now" : "";
  });
  byID("guide-open").disabled = step < 2 || !cardRoom();
  if (step === 3 && state.messages.some((one) => one.edited && one.bot_id)) guided.claimed = true;
  byID("guide-claim").textContent = step === 4 ? "Claimed. Try the Faults tab next" : "Press Claim on it";
}

function markSent() {
  guided = { before: Object.fromEntries(state.channels.map((one) => [one.id, one.messages])), opened: false, claimed: false };
  guide();
}

// ---- start ----------------------------------------------------------------------------------------------------

function tabs() {
  const all = [...document.querySelectorAll('[role="tab"]')];
  const pick = (tab) => all.forEach((one) => {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    byID(one.getAttribute("aria-controls")).hidden = !chosen;
  });
  all.forEach((tab, index) => {
    tab.addEventListener("click", () => pick(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = all[(index + step + all.length) % all.length];
      pick(next);
      next.focus();
    });
  });
  const wanted = place.get("tab");
  if (wanted && byID("tab-" + wanted)) pick(byID("tab-" + wanted));
}

byID("user").addEventListener("change", (event) => { user = event.target.value; refresh(); if (showsHome) act({ kind: "home" }); });
byID("room-select").addEventListener("change", (event) => open(event.target.value));
byID("home").addEventListener("click", () => { showsHome = true; refresh(); act({ kind: "home" }); });
byID("modal").addEventListener("cancel", (event) => { event.preventDefault(); closeModal(); });
byID("line").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byID("say").value.trim();
  if (!text) return;
  byID("say").value = "";
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (command) return act({ kind: "command", command: command[1], text: command[2] });
  if (/^@baton\b/i.test(text)) return act({ kind: "mention", text: text.slice(6).trim() });
  return act({ kind: "write", text });
});

const form = buildForm(byID("panel-form"), markSent);
byID("guide-send").addEventListener("click", () => { byID("tab-form").click(); form.fill(samples["Good lead"]); form.submit(); });
byID("guide-open").addEventListener("click", () => {
  const room = cardRoom();
  if (!room) return;
  guided.opened = true;
  open(room.id);
});
tabs();
refresh();
listen();
