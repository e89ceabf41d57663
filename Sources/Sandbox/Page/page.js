// The page: shows what one person sees in Slack, live, and sends what they do.
import { byID, make } from "/dom.js";
import { desk, listen, onChange, onNotice, openThread, refresh } from "/desk.js";
import { startComposer } from "/composer.js";
import { drawCRM } from "/crm.js";
import { drawResult, sendFirst, startForm } from "/form.js";
import { drawGuide, startGuide } from "/guide.js";
import { icon } from "/icons.js";
import { drawRooms, drawWho, startRooms } from "/rooms.js";
import { drawCalls, drawClock, drawFaults, startServices } from "/services.js";
import { drawTalk, point } from "/talk.js";
import { drawWindows, startWindows } from "/windows.js";

function draw() {
  drawLive();
  drawWho();
  drawRooms();
  drawTalk();
  point();
  drawWindows();
  drawCRM();
  drawCalls();
  drawFaults();
  drawClock();
  drawGuide();
  drawResult();
}

function drawLive() {
  const text = !desk.connected ? "not connected" : desk.state.product ? "live" : "Baton is starting";
  if (byID("live").textContent !== text) byID("live").textContent = text;
  byID("live").classList.toggle("on", text === "live");
  byID("lost").textContent = desk.ended ? "The demo has ended. Start it again, then reload this page."
    : "Not connected. The page tries again by itself; is the demo still running?";
  byID("lost").hidden = desk.connected;
}

// ---- tabs -----------------------------------------------------------------------------------------------------

function startTabs() {
  const all = [...document.querySelectorAll('[role="tab"]')];
  const pick = (tab) => {
    all.forEach((one) => {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      byID(one.getAttribute("aria-controls")).hidden = one !== tab;
    });
    openThread(null);
    document.body.dataset.view = "side";
  };
  all.forEach((tab, index) => {
    tab.addEventListener("click", () => pick(tab));
    tab.addEventListener("keydown", (event) => {
      const places = { ArrowRight: index + 1, ArrowLeft: index - 1 + all.length, Home: 0, End: all.length - 1 };
      if (!(event.key in places)) return;
      event.preventDefault();
      const next = all[places[event.key] % all.length];
      pick(next);
      next.focus();
    });
  });
}

// On a phone one thing is shown at a time: Slack, or one of the tabs around it.
function startViews() {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const slack = make("button", { type: "button", onclick: () => (document.body.dataset.view = "slack") }, "Slack");
  const others = tabs.map((tab) => make("button", { type: "button", onclick: () => tab.click() }, tab.textContent));
  byID("views").append(slack, ...others);
  const mark = () => {
    const isSlack = document.body.dataset.view === "slack";
    slack.setAttribute("aria-pressed", String(isSlack));
    others.forEach((one, index) => one.setAttribute(
      "aria-pressed", String(!isSlack && tabs[index].getAttribute("aria-selected") === "true")));
  };
  new MutationObserver(mark).observe(document.body, { attributeFilter: ["data-view", "aria-selected"], subtree: true });
  document.body.dataset.view = "slack";
}

function closeThread() {
  const ts = desk.thread;
  openThread(null);
  const message = byID("messages").querySelector(`[data-key="message-${CSS.escape(ts)}"]`);
  message?.querySelector(".replies, .acts button")?.focus();
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((one) => { if (one !== except) one.open = false; });
}

function startEscapes() {
  byID("thread-close").append(icon("close"));
  byID("thread-close").addEventListener("click", closeThread);
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open]");
    closeMenus();
    if (menu) return menu.querySelector("summary").focus();
    if (desk.thread && byID("thread").contains(event.target)) closeThread();
  });
}

// ---- presses --------------------------------------------------------------------------------------------------

// A click is the press and the release of one node: what is pressed is not drawn anew until it is let go. A release
// that never comes, as from a menu of the browser's own, is not waited for long.
let pressed = null;
let isOutdated = false;

function drawUnlessPressed() {
  if (pressed) isOutdated = true;
  else draw();
}

function release() {
  clearTimeout(pressed);
  pressed = null;
  if (!isOutdated) return;
  isOutdated = false;
  draw();
}

function startPresses() {
  addEventListener("pointerdown", () => {
    clearTimeout(pressed);
    pressed = setTimeout(release, 700);
  }, true);
  // The click comes right after the release.
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release), true);
}

onChange(drawUnlessPressed);
onNotice((text) => (byID("notice").textContent = text));
startTabs();
startViews();
startEscapes();
startPresses();
startRooms();
startComposer();
startWindows();
startForm();
startServices();
startGuide(sendFirst);
refresh();
listen();
