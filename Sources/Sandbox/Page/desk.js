// What the page knows, and how it talks to the sandbox.

const wanted = new URLSearchParams(location.hash.slice(1));

export const desk = {
  state: null,
  user: wanted.get("user") ?? "",
  channel: wanted.get("channel") ?? "",
  showsHome: wanted.get("home") === "1",
  // The stamp of the message whose thread is open.
  thread: wanted.get("thread"),
  // What was read when this channel was opened; what came later is new.
  readUntil: null,
  connected: false,
  // The demo said that it ends.
  ended: false,
  lag: 0,
};

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const changed = () => { if (desk.state) listeners.forEach((listener) => listener()); };

let busy = false;
let again = false;

export async function refresh() {
  if (desk.ended) return;
  if (busy) return (again = true);
  busy = true;
  try {
    const query = new URLSearchParams({ user: desk.user, channel: desk.channel });
    const asked = query.toString();
    const response = await fetch("/sandbox/state?" + asked);
    const state = await response.json();
    // Meanwhile somebody opened another channel: what came is of no use.
    if (asked === new URLSearchParams({ user: desk.user, channel: desk.channel }).toString()) take(state);
    else again = true;
  } catch {
    connect(false);
  }
  busy = false;
  if (again) { again = false; setTimeout(refresh, 60); }
}

function take(state) {
  desk.state = state;
  desk.user = state.user;
  desk.channel = state.channel;
  desk.lag = state.now * 1000 - Date.now();
  if (desk.readUntil === null) desk.readUntil = room(desk.channel)?.read ?? "";
  remember();
  changed();
}

export function connect(on) {
  if (desk.connected === on) return;
  desk.connected = on;
  changed();
}

export function listen() {
  const events = new EventSource("/sandbox/events");
  events.onopen = () => { connect(true); refresh(); };
  // A moment later: what changed together is fetched together, and not at all where the end comes with it.
  events.onmessage = () => setTimeout(refresh, 15);
  events.onerror = () => connect(false);
  events.addEventListener("end", () => {
    events.close();
    desk.ended = true;
    connect(false);
  });
}

export async function post(name, body) {
  try {
    const response = await fetch("/sandbox/" + name, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    connect(false);
    return { ok: false, error: "the demo does not answer; is it still running?" };
  }
}

// An act of the person that the page is; what Slack would complain of is told.
export async function act(body) {
  const answer = await post("act", { user: desk.user, channel: desk.channel, ...body });
  note(answer.complaint ?? answer.error ?? "");
  return answer;
}

const notices = [];
export const onNotice = (listener) => notices.push(listener);
export const note = (text) => notices.forEach((tell) => tell(text));
export const clearNotice = () => note("");

function remember() {
  const place = new URLSearchParams({ user: desk.user, channel: desk.channel });
  if (desk.showsHome) place.set("home", "1");
  if (desk.thread) place.set("thread", desk.thread);
  history.replaceState(null, "", "#" + place);
}

// ---- going places ---------------------------------------------------------------------------------------------

export function open(channel, thread = null) {
  if (channel !== desk.channel || desk.showsHome) desk.readUntil = room(channel)?.read ?? "";
  desk.channel = channel;
  desk.thread = thread;
  desk.showsHome = false;
  clearNotice();
  document.body.dataset.view = "slack";
  changed();
  refresh();
}

export function openHome() {
  desk.showsHome = true;
  desk.thread = null;
  document.body.dataset.view = "slack";
  changed();
  act({ kind: "home" });
}

export function openThread(ts) {
  desk.thread = ts;
  remember();
  changed();
}

export function become(user) {
  desk.user = user;
  desk.thread = null;
  desk.readUntil = null;
  if (room(desk.channel)?.direct) desk.channel = "";
  refresh();
  if (desk.showsHome) act({ kind: "home" });
}

// ---- names and times ------------------------------------------------------------------------------------------

export const room = (id) => desk.state?.channels.find((one) => one.id === id);
export const roomName = (one) => (one ? (one.direct ? one.name : "#" + one.name) : "a channel");
export const person = (id) => desk.state?.users.find((one) => one.id === id);

export function world() {
  const { users, bot, channels } = desk.state;
  return {
    names: Object.fromEntries([...users.map((one) => [one.id, one.name]), [bot.id, bot.name]]),
    rooms: Object.fromEntries(channels.filter((one) => !one.direct).map((one) => [one.id, one.name])),
    self: desk.user,
    people: users,
  };
}

// The demo's clock, which may be ahead of this machine's.
export const now = () => new Date(Date.now() + desk.lag);
export const timeOf = (ts) => new Date(Number(ts) * 1000);
export const clockTime = (date, zone) =>
  date.toLocaleTimeString([], { hour: "numeric", minute: "2-digit", timeZone: zone });

const dayNumber = (date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60000) / 86400000);

export function dayName(date, style = { weekday: "long", day: "numeric", month: "long" }) {
  const names = { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" };
  return names[dayNumber(date) - dayNumber(now())] ?? date.toLocaleDateString(undefined, style);
}
