// The services themselves: how each is broken, which calls it got, and what time it is.
import { byID, busyButton, keeper, keyed, make, plural, settle } from "/dom.js";
import { clockTime, desk, now, post } from "/desk.js";

const names = {
  slack: "Slack", hubspot: "HubSpot", apollo: "Apollo", clearbit: "Clearbit", openai: "OpenAI", pinecone: "Pinecone",
};
const faults = [
  ["5xx", "is down (503)"], ["429", "limits the rate (429)"], ["slow", "is slow (2 s)"], ["hang", "never answers"],
  ["reset_before", "drops the line, does nothing"], ["reset_after", "acts, but its reply is lost"],
  ["401", "refuses the key (401)"], ["garbage", "answers with somebody else's page"],
];
const without = {
  slack: "Leads are kept; cards are posted when it is back.",
  hubspot: "Cards say that the account was not checked; records are written when it is back.",
  apollo: "Clearbit fills in; else cards show what is unknown.",
  clearbit: "Cards show what is unknown and name what is missing.",
  openai: "The rules score alone, and the summary is made of the known facts.",
  pinecone: "Similar accounts come from Baton's own store; what is learned is written when it is back.",
};

const nameOf = (service) => names[service] ?? service;
const phrase = (fault) => faults.find(([name]) => name === fault)?.[1] ?? "works";
const isBroken = (service) => service.fault !== "none";
const mend = (service) => post("faults", { service, fault: "none" });
const broken = () => desk.state.services.filter(isBroken);
const mendAll = () => Promise.all(broken().map((service) => mend(service.name)));

// ---- faults ---------------------------------------------------------------------------------------------------

const drawSwitches = keeper(byID("switches"));
// How each would be broken by the next press; kept while the page is open.
const plans = {};

function faultSelect(service, change) {
  const chosen = isBroken(service) ? service.fault : plans[service.name].fault;
  const box = make("select", { "aria-label": `How ${nameOf(service.name)} fails` },
    ...faults.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  box.addEventListener("change", () => { plans[service.name].fault = box.value; change(); });
  return keyed(box, "fault", service.name, "how");
}

function countSelect(service, change) {
  const chosen = plans[service.name].calls;
  const choices = [["", "until mended"], ["1", "for the next call"], ["3", "for 3 calls"]];
  const box = make("select", { "aria-label": `For how many calls ${nameOf(service.name)} fails` },
    ...choices.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  box.addEventListener("change", () => { plans[service.name].calls = box.value; change(); });
  return keyed(box, "fault", service.name, "calls");
}

function fail(service) {
  const { fault, calls } = plans[service];
  return post("faults", { service, fault, ...(calls ? { calls: Number(calls) } : {}) });
}

function switchNode(service) {
  const fails = isBroken(service);
  const name = nameOf(service.name);
  const again = () => { if (fails) fail(service.name); };
  const remaining = fails && service.remaining ? `, ${plural(service.remaining, "more call")}` : "";
  const button = busyButton({ class: fails ? "primary" : "danger" }, () =>
    fails ? mend(service.name) : fail(service.name), fails ? `Mend ${name}` : `Break ${name}`);
  return make("article", { class: fails ? "switch broken" : "switch" },
    make("h4", {}, name, make("span", { class: "state" }, fails ? phrase(service.fault) + remaining : "works")),
    make("p", { class: "hint" }, fails ? without[service.name] ?? "" : ""),
    make("div", { class: "tools" }, keyed(button, "fault", service.name, "switch"), faultSelect(service, again),
      countSelect(service, again)));
}

export function drawFaults() {
  drawSwitches(desk.state.services.map((service) => {
    plans[service.name] ??= { fault: "5xx", calls: "" };
    const facts = [service.fault, service.remaining];
    return { key: service.name, facts, draw: () => switchNode(service) };
  }));
  byID("mend-all").disabled = !broken().length;
  const text = broken().map((service) => service.name + service.fault).join();
  if (byID("broken").dataset.facts === text) return;
  byID("broken").dataset.facts = text;
  settle(byID("broken"), chips());
}

// What is broken, above everything: many are mended together, to leave room for the rest.
function chips() {
  const list = broken();
  const chip = (text, onclick) => make("button", { type: "button", class: "chip broken", onclick }, text);
  if (list.length > 2) return [chip(`${list.length} services are broken · Mend all`, mendAll)];
  return list.map((one) => chip(`${nameOf(one.name)} ${phrase(one.fault)} · Mend`, () => mend(one.name)));
}

// ---- calls ----------------------------------------------------------------------------------------------------

const drawRows = keeper(byID("call-rows"));
const isBad = (call) => Boolean(call.refusal || call.fault || (call.status ?? 200) >= 400 || isCut(call));
const isCut = (call) => call.status === null && call.milliseconds !== null;

function outcome(call) {
  if (call.refusal) return call.refusal.replaceAll("_", " ");
  if (isCut(call)) return "line dropped";
  return call.status === null ? "running…" : String(call.status);
}

function callRow(call) {
  const time = new Date(call.at);
  const took = call.milliseconds === null ? "" : `${Math.max(0.1, call.milliseconds).toFixed(1)} ms`;
  return make("tr", { class: isBad(call) ? "bad" : "" },
    make("td", {}, make("time", { dateTime: call.at }, time.toLocaleTimeString([], { hour12: false }))),
    make("td", {}, make("span", { class: "hint" }, nameOf(call.service)), make("br"), call.operation),
    make("td", {}, outcome(call), call.fault && make("small", {}, ` (${call.fault.replaceAll("_", " ")})`)),
    make("td", { class: "number" }, took));
}

export function drawCalls() {
  const service = byID("call-service").value;
  const onlyBad = byID("call-bad").checked;
  const calls = desk.state.calls.filter((call) => (!service || call.service === service) && (!onlyBad || isBad(call)));
  drawRows(calls.map((call) => ({ key: call.number, facts: call, draw: () => callRow(call) })));
  byID("call-table").hidden = !calls.length;
  const total = desk.state.services.reduce((sum, one) => sum + one.calls, 0);
  byID("call-count").textContent = calls.length ? `${plural(calls.length, "call")} shown, newest first; ${total} in all`
    : total ? "No such call." : "No call yet. Send a lead: every call that Baton makes to a service appears here.";
}

// ---- time -----------------------------------------------------------------------------------------------------

export function drawClock() {
  byID("clock").hidden = !desk.state.clock_moves;
  const today = { weekday: "short", day: "numeric", month: "short" };
  byID("clock-date").textContent = now().toLocaleDateString([], today) + ",";
  byID("clock-time").textContent = clockTime(now());
}

function move(body) {
  byID("clock").open = false;
  byID("clock").querySelector("summary").focus();
  return post("clock", { user: desk.user, ...body });
}

export function startServices() {
  byID("call-service").append(...Object.entries(names).map(([value, text]) => make("option", { value }, text)));
  byID("call-service").addEventListener("change", drawCalls);
  byID("call-bad").addEventListener("change", drawCalls);
  byID("mend-all").addEventListener("click", mendAll);
  byID("hour").addEventListener("click", () => move({ seconds: 3600 }));
  byID("day").addEventListener("click", () => move({ seconds: 86400 }));
  byID("monday").addEventListener("click", () => move({ to: "monday" }));
  setInterval(() => desk.state && drawClock(), 10000);
}
