// The channels, and who the person at the page is.
import { byID, keeper, keyed, make, settle } from "/dom.js";
import { icon } from "/icons.js";
import { become, clockTime, desk, now, open, openHome, person, post, room, roomName } from "/desk.js";

const drawDirect = keeper(byID("direct"));
const drawList = keeper(byID("rooms"));
const drawPeople = keeper(byID("user"));
const drawSelect = keeper(byID("room-select"));

function unreadText(one) {
  if (!one.unread) return "";
  return one.calls ? `${one.unread} unread, ${one.calls} to you` : `${one.unread} unread`;
}

function roomNode(one, isOpen) {
  const count = one.unread > 0 && make("span", { class: one.calls ? "count calls" : "count" }, String(one.unread));
  const sign = one.direct ? "envelope" : one.archived ? "archive" : "hash";
  const name = [roomName(one), unreadText(one), one.archived && "archived"].filter(Boolean).join(", ");
  const button = make("button", {
    type: "button", class: one.unread ? "room unread" : "room", "aria-current": isOpen ? "true" : "false",
    "aria-label": name, onclick: () => open(one.id),
  }, icon(sign), make("span", { class: "name" }, one.direct ? `${one.name} · Messages` : one.name), count);
  return make("li", {}, keyed(button, "room", one.id));
}

// Direct messages first, as the few that they are.
function ordered() {
  const all = desk.state.channels;
  return [...all.filter((one) => one.direct), ...all.filter((one) => !one.direct && !one.archived),
    ...all.filter((one) => one.archived)];
}

export function drawRooms() {
  const current = desk.showsHome ? null : desk.channel;
  const entry = (one) => ({
    key: one.id, facts: [one.name, one.unread, one.calls, one.archived, one.id === current],
    draw: () => roomNode(one, one.id === current),
  });
  drawDirect(ordered().filter((one) => one.direct).map(entry));
  drawList(ordered().filter((one) => !one.direct).map(entry));
  drawSelect([homeChoice, ...ordered().map((one) => ({
    key: one.id, facts: [one.name, one.unread],
    draw: () => make("option", { value: one.id }, roomName(one) + (one.unread ? ` (${one.unread})` : "")),
  }))]);
  byID("room-select").value = desk.showsHome ? "home" : desk.channel;
  byID("home").setAttribute("aria-current", String(desk.showsHome));
  showCurrent(current);
  markRead();
}

const homeChoice = { key: "home", draw: () => make("option", { value: "home" }, "Baton · Home") };
let shown;

function showCurrent(current) {
  if (shown === current) return;
  shown = current;
  byID("rooms").querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
}

// What is open before somebody's eyes is read.
function markRead() {
  const one = room(desk.channel);
  const isSeen = !desk.showsHome && document.visibilityState === "visible";
  if (one?.unread && isSeen) post("read", { user: desk.user, channel: desk.channel });
}

// ---- who ------------------------------------------------------------------------------------------------------

function role(one) {
  if (one.guest) return "Guests";
  if (/^AE\b/.test(one.title)) return "Account executives";
  return /^(Manager|RevOps)/.test(one.title) ? "Managers and RevOps" : "SDRs and others";
}

export function drawWho() {
  const groups = ["Account executives", "SDRs and others", "Managers and RevOps", "Guests"];
  drawPeople(groups.map((name) => ({ name, people: desk.state.users.filter((one) => role(one) === name) }))
    .filter((group) => group.people.length)
    .map(({ name, people }) => ({ key: name, facts: people, draw: () => make("optgroup", { label: name }, ...people.map(
      (one) => make("option", { value: one.id }, one.title ? `${one.name} · ${one.title}` : one.name))) })));
  byID("user").value = desk.user;
  drawTime();
}

// Their own time: shifts and reminders go by it.
export function drawTime() {
  const one = person(desk.user);
  if (!one) return;
  const city = one.zone.split("/").at(-1).replaceAll("_", " ");
  const time = now().toLocaleDateString([], { weekday: "short", timeZone: one.zone });
  settle(byID("their-time"), [document.createTextNode(`${time} ${clockTime(now(), one.zone)} in ${city}`)]);
  byID("monday").textContent = `Monday 9:00 in ${city}`;
}

export function startRooms() {
  byID("user").addEventListener("change", (event) => become(event.target.value));
  byID("room-select").addEventListener("change", ({ target }) =>
    target.value === "home" ? openHome() : open(target.value));
  byID("home").addEventListener("click", openHome);
  document.addEventListener("visibilitychange", () => desk.state && markRead());
  setInterval(() => desk.state && drawTime(), 10000);
}
