// The first lead, step by step: send it, open its card, claim it.
import { byID, make } from "/dom.js";
import { desk, now, room, roomName } from "/desk.js";
import { goToMessage } from "/talk.js";

// The lead that is followed: {id, lead, sentAt, opened, done}; null until one was sent.
let followed = null;
let drawnStep = "";
const patience = 6000;

// The card of a lead; of one that joined an open lead of the same person, that one's card.
export function cardOf(id, lead) {
  const cards = desk.state.posts.toSorted((a, b) => (a.ts < b.ts ? 1 : -1));
  const own = cards.find((post) => post.about.lead_id === id);
  return own ?? (lead?.full_name && cards.find((post) => post.text.startsWith(`Lead ${lead.full_name} of `)));
}

export function follow(answer, lead) {
  if (!answer.lead_id || answer.status !== "accepted") return;
  followed = { id: answer.lead_id, lead, sentAt: now().getTime(), opened: false, done: false };
  setTimeout(drawGuide, patience + 100);
  drawGuide();
}

// As the card's own sentence ends once somebody has it.
const isTaken = (card) => /: (claimed|being worked), owner [^:]*$/.test(card?.text ?? "");

export function openCard(card) {
  if (followed && card.ts === cardOf(followed.id, followed.lead)?.ts) followed.opened = true;
  goToMessage(card.channel, card.ts);
  drawGuide();
}

function stepNumber(card) {
  if (!followed) return 1;
  if (!followed.opened) return 2;
  if (isTaken(card)) followed.done = true;
  return followed.done ? 4 : 3;
}

function waitingText(card) {
  if (followed?.opened) return "Open its card";
  if (card) return `Open its card in ${roomName(room(card.channel))}`;
  if (!followed) return "Open its card";
  return now().getTime() - followed.sentAt > patience ? "No card: see the form" : "Waiting for its card…";
}

export function drawGuide() {
  const card = followed && cardOf(followed.id, followed.lead);
  const step = stepNumber(card);
  [1, 2, 3].forEach((number) => {
    const item = byID("step" + number);
    item.className = number < step ? "done" : number === step ? "now" : "";
    if (number === step) item.setAttribute("aria-current", "step"); else item.removeAttribute("aria-current");
  });
  byID("guide-open").textContent = waitingText(card);
  byID("guide-open").disabled = !card;
  const isTriage = card?.about.kind === "triage";
  const facts = [step, isTriage].join();
  if (drawnStep !== facts) byID("guide-claim").replaceChildren(...lastStep(step, isTriage));
  drawnStep = facts;
}

function showClaim() {
  const card = cardOf(followed.id, followed.lead);
  if (card) goToMessage(card.channel, card.ts, ".primary");
}

function lastStep(step, isTriage) {
  if (step < 3) return ["Press Claim on it"];
  const text = isTriage ? "Decide on it" : "Press Claim on it";
  if (step === 3) return [make("button", { type: "button", onclick: showClaim }, text)];
  const next = make("button", { type: "button", onclick: () => byID("tab-faults").click() }, "Next: break a service");
  return ["Claimed ", next];
}

export function startGuide(sendFirst) {
  byID("guide-send").addEventListener("click", sendFirst);
  byID("guide-open").addEventListener("click", () => {
    const card = followed && cardOf(followed.id, followed.lead);
    if (card) openCard(card);
  });
}
