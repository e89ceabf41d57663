// The app's windows, and Slack's own "are you sure".
import { byID, focusAgain, keyed, make } from "/dom.js";
import { act, desk, world } from "/desk.js";
import { block } from "/blocks.js";
import { icon } from "/icons.js";
import { words } from "/text.js";

const drafts = {};
// What is wrong with the fields of a window: it stays while the app redraws the window, until it is sent again.
const complaints = {};
let drawn = "";
// What had the focus when a window opened; it may have been drawn anew since.
let opener = "";

// What an element does where it stands: in a message, a window or the Home tab.
export function scene(where, extra = {}) {
  const name = where.ts ? `${where.place}-${where.ts}` : where.place;
  // What was entered outside a window counts too, for each person on their own.
  const draft = extra.draft ?? (drafts[`${desk.user} ${name}`] ??= {});
  return {
    world: world(), place: name,
    act: async (element, inside, choice) => {
      if (element.confirm && !(await sure(element.confirm))) return;
      const press = { action: element.action_id, block: inside.block_id, choice, values: draft };
      await act({ kind: "press", ...where, ...press });
    },
    find: async (element, inside, text) => {
      const answer = await act({ kind: "suggest", ...where, action: element.action_id, block: inside.block_id, text });
      return answer.options ?? [];
    },
    ...extra, draft,
  };
}

// ---- windows --------------------------------------------------------------------------------------------------

export function drawWindows() {
  const text = JSON.stringify([desk.user, desk.state.views]);
  if (text === drawn) return;
  drawn = text;
  drawTop();
}

function complain(view, errors) {
  complaints[view.id] = errors;
  drawTop(true);
}

function drawTop(isWrong = false) {
  const dialog = byID("modal");
  const view = desk.state.views.at(-1);
  if (!view) return shut(dialog);
  if (!dialog.open) opener = document.activeElement?.dataset.key ?? "";
  const focused = dialog.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const form = windowForm(view, complaints[view.id] ?? {});
  dialog.replaceChildren(windowHead(view), form);
  if (!dialog.open) dialog.showModal();
  const first = form.querySelector("[aria-invalid=true], [aria-invalid=true] input")
    ?? form.querySelector(".blocks :is(input, select, textarea)");
  const again = focused && dialog.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  const target = isWrong ? first : again || first;
  (target || dialog.querySelector("footer button"))?.focus();
}

function shut(dialog) {
  if (!dialog.open) return;
  dialog.close();
  if (opener && document.activeElement?.dataset.key !== opener) focusAgain(document.body, opener);
}

function windowHead(view) {
  const title = make("h2", { id: "modal-title" }, words(view.title, world()));
  const close = make("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: closeTop }, icon("close"));
  return make("header", {}, make("div", { class: "face bot", "aria-hidden": "true" }, "B"), title, close);
}

function windowForm(view, errors) {
  const draft = (drafts[view.id] ??= {});
  const here = scene({ place: "modal" }, { draft, errors });
  const cancel = make("button", { type: "button", onclick: closeTop }, view.close ? words(view.close, here.world) : "Close");
  keyed(cancel, "modal", "close");
  const send = view.submit && keyed(
    make("button", { type: "submit", class: "primary" }, words(view.submit, here.world)), "modal", "submit");
  const form = make("form", { method: "dialog", onsubmit: (event) => {
    event.preventDefault();
    submit(view, draft, form, send);
  } }, make("div", { class: "blocks" }, ...view.blocks.map((one) => block(one, here))),
  make("footer", {}, cancel, send));
  form.noValidate = true;
  return form;
}

async function submit(view, draft, form, send) {
  if (!send || send.getAttribute("aria-disabled") === "true") return;
  const missing = view.blocks.filter((one) =>
    one.type === "input" && !one.optional && !filled(draft[one.block_id]?.[one.element.action_id]));
  if (missing.length) {
    return complain(view, Object.fromEntries(missing.map((one) => [one.block_id, "Please complete this required field."])));
  }
  delete complaints[view.id];
  send.setAttribute("aria-disabled", "true");
  const answer = await act({ kind: "submit", values: draft });
  send.removeAttribute("aria-disabled");
  if (answer.errors && Object.keys(answer.errors).length) return complain(view, answer.errors);
  if (answer.complaint) form.querySelector(".blocks").append(make("p", { class: "wrong", role: "alert" }, answer.complaint));
}

function filled(value) {
  if (!value) return false;
  return Object.entries(value).some(([name, one]) =>
    name !== "type" && one !== null && one !== undefined && one !== "" && !(Array.isArray(one) && !one.length));
}

let closing = false;

async function closeTop() {
  if (closing || !desk.state.views.length) return;
  closing = true;
  await act({ kind: "close" });
  closing = false;
}

export function startWindows() {
  const dialog = byID("modal");
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); closeTop(); });
  // A browser may close it over our head; what Slack has open stays what counts.
  dialog.addEventListener("close", () => { if (desk.state.views.length) closeTop(); });
}

// ---- are you sure ---------------------------------------------------------------------------------------------

function sure(confirm) {
  const dialog = byID("sure");
  const text = (object) => words(object, world());
  return new Promise((done) => {
    let answer = false;
    const say = (value) => () => { answer = value; dialog.close(); };
    const yes = make("button", { type: "button", class: confirm.style === "danger" ? "danger" : "primary", onclick: say(true) }, text(confirm.confirm));
    dialog.replaceChildren(make("header", {}, make("h2", { id: "sure-title" }, text(confirm.title))),
      make("div", { class: "blocks" }, text(confirm.text)),
      make("footer", {}, make("button", { type: "button", onclick: say(false) }, confirm.deny ? text(confirm.deny) : "Cancel"), yes));
    dialog.addEventListener("close", () => done(answer), { once: true });
    dialog.showModal();
    yes.focus();
  });
}
