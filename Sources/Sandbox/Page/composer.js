// The line to write in, with the commands offered as Slack offers them.
import { byID, make } from "/dom.js";
import { icon } from "/icons.js";
import { act, desk, note } from "/desk.js";

// As the app's help lists them; `takes` is what is still to be typed.
const commands = [
  { text: "/lead ", takes: "name, company or e-mail", gives: "find a lead" },
  { text: "/lead new ", takes: "e-mail, name, company", gives: "a form for a lead that came by phone or in person" },
  { text: "/lead mine", gives: "your open leads" },
  { text: "/lead queue", gives: "leads to be reviewed or claimed" },
  { text: "/lead why ", takes: "e-mail or lead id", gives: "why a lead went where it went" },
  { text: "/lead stats ", takes: "7d, 24h, 4w", gives: "how many leads came, how soon they were taken up" },
  { text: "/lead away ", takes: "until friday, tomorrow 13:00, 2h", gives: "no new leads for you until then" },
  { text: "/lead back", gives: "new leads for you again" },
  { text: "/lead cap ", takes: "number, or @name and number", gives: "how many open leads you take" },
  { text: "/lead retry ", takes: "e-mail or lead id", gives: "goes on with what failed" },
  { text: "/lead help", gives: "all commands" },
];

let offered = [];
let at = -1;

function offer() {
  const text = byID("say").value.toLowerCase();
  const fits = (command) => command.text.startsWith(text) && command.text.trimEnd() !== text.trimEnd();
  offered = text.startsWith("/") ? commands.filter(fits) : [];
  at = -1;
  byID("offers").replaceChildren(...offered.map((command, index) => make("li", {
    id: `offer-${index}`, role: "option", "aria-selected": "false",
    onmousedown: (event) => { event.preventDefault(); take(index); },
  }, make("span", { class: "face bot", "aria-hidden": "true" }, "B"), make("strong", {}, command.text.trimEnd()),
  command.takes && make("em", {}, command.takes), make("span", { class: "hint" }, command.gives))));
  show(offered.length > 0);
}

function show(on) {
  byID("offers").hidden = !on;
  byID("say").setAttribute("aria-expanded", String(on));
  if (!on) byID("say").removeAttribute("aria-activedescendant");
}

function mark(index) {
  at = index;
  [...byID("offers").children].forEach((row, place) => row.setAttribute("aria-selected", String(place === index)));
  byID("say").setAttribute("aria-activedescendant", `offer-${index}`);
}

function take(index) {
  byID("say").value = offered[index].text;
  byID("say").focus();
  offer();
}

function steer(event) {
  if (byID("offers").hidden) return;
  const count = offered.length;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    mark(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
  } else if (event.key === "Escape") {
    show(false);
  } else if (event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    take(Math.max(at, 0));
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    take(at);
  }
}

const isKnown = (name) => commands.some((command) => command.text.split(" ")[0] === name);
// As Slack's clients send what somebody typed: a colleague's name after an @ is that colleague.
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  .replace(/(^|\s)@([\w.-]+)/g, (all, before, handle) => {
    const one = desk.state.users.find((user) => user.handle === handle.toLowerCase());
    return one ? `${before}<@${one.id}|${one.handle}>` : all;
  });

export function say(text, thread = null) {
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (command && !isKnown(command[1])) return note(`${command[1]} is not a valid command. Baton's is /lead.`);
  if (command && thread) return note(`Commands don't work in threads: type ${command[1]} in the channel.`);
  if (command) return act({ kind: "command", command: command[1], text: escaped(command[2]) });
  const where = thread ? { thread } : {};
  if (/^@baton\b/i.test(text)) return act({ kind: "mention", text: escaped(text.slice(6).trim()), ...where });
  return act({ kind: "write", text: escaped(text), ...where });
}

function onSubmit(form, field, thread) {
  byID(form).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byID(field).value.trim();
    if (!text) return;
    byID(field).value = "";
    show(false);
    say(text, thread());
  });
}

export function startComposer() {
  const field = byID("say");
  field.addEventListener("input", offer);
  field.addEventListener("keydown", steer);
  field.addEventListener("blur", () => show(false));
  byID("slash").addEventListener("click", () => {
    field.value = "/";
    field.focus();
    offer();
  });
  document.querySelectorAll(".send").forEach((one) => one.append(icon("send")));
  byID("bolt").append(icon("bolt"));
  byID("bolt").addEventListener("click", () => act({ kind: "global", callback_id: "lead.new.v1" }));
  onSubmit("line", "say", () => null);
  onSubmit("thread-line", "thread-say", () => desk.thread);
}
