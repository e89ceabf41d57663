// The CRM: contacts with what hangs on them, companies and deals, and the acts of people who work in it.
import { busyButton, byID, keeper, keyed, make, plural } from "/dom.js";
import { desk, post } from "/desk.js";

const draw = keeper(byID("panel-crm"));

const labels = {
  hs_lead_status: "Lead status", lifecyclestage: "Lifecycle", jobtitle: "Title", phone: "Telephone",
  numberofemployees: "Employees", numemployees: "Employees", annualrevenue: "Revenue", dealstage: "Stage",
  hs_task_status: "Status", hs_timestamp: "Due", notes_last_contacted: "Last contacted",
};
const first = ["email", "domain", "jobtitle", "lifecyclestage", "hs_lead_status", "dealstage", "amount", "industry"];
const machinery = new Set(["hs_object_id", "createdate", "lastmodifieddate", "hs_lastmodifieddate", "hubspot_owner_id",
  "hs_is_closed", "hs_is_closed_won", "hs_is_closed_lost", "firstname", "lastname", "name", "dealname", "message"]);

const label = (name) => labels[name] ?? name.replace(/^baton_/, "Baton ").replaceAll("_", " ");
const words = (value) => value.replaceAll("_", " ");

function plainNote(value) {
  const lines = value.replace(/<br\s*\/?>|<\/p>|<\/li>/gi, "\n").replace(/<[^>]*>/g, "");
  return lines.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&").trim();
}

function value(name, text) {
  if (/^(notes_last_contacted|hs_timestamp)$/.test(name)) {
    const date = new Date(/^\d+$/.test(text) ? Number(text) : text);
    if (Number.isFinite(date.getTime())) return date.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  }
  return name === "annualrevenue" ? Number(text).toLocaleString() : text;
}

function facts(record, names) {
  const rows = names.filter((name) => record.properties[name]).flatMap((name) =>
    [make("dt", {}, label(name)), make("dd", {}, value(name, record.properties[name]))]);
  return rows.length ? make("dl", {}, ...rows) : null;
}

function otherFacts(record) {
  const names = Object.keys(record.properties).filter((name) => !machinery.has(name) && !first.includes(name));
  const list = facts(record, names);
  return list && make("details", {}, keyed(make("summary", {}, "All properties"), "crm", record.id, "all"), list);
}

function linked(record, kind) {
  return (record.links[kind] ?? []).map((id) => desk.state.crm[kind].find((one) => one.id === id)).filter(Boolean);
}

function notes(record) {
  return [...linked(record, "notes").map((note) => ["Note", plainNote(note.properties.hs_note_body ?? "")]),
    ...linked(record, "tasks").map((task) => ["Task", [task.properties.hs_task_subject,
      plainNote(task.properties.hs_task_body ?? "")].filter(Boolean).join("\n")])]
    .map(([kind, text], index) => make("details", { class: "note" },
      keyed(make("summary", {}, make("span", { class: "chip" }, kind), " ", text.split("\n")[0]), "crm", record.id, index),
      make("pre", {}, text)));
}

// ---- what a record hangs together with --------------------------------------------------------------------------

const others = { contacts: ["companies", "deals"], companies: ["contacts", "deals"], deals: ["contacts", "companies"] };
const nouns = { contacts: ["Contact", "Contacts"], companies: ["Company", "Companies"], deals: ["Deal", "Deals"] };

function goTo(kind, id) {
  const node = byID("panel-crm").querySelector(`[data-key="${CSS.escape(`crm-${kind}/${id}`)}"]`);
  node?.scrollIntoView({ block: "nearest" });
  node?.focus({ preventScroll: true });
}

export function showRecord(kind, id) {
  byID("tab-crm").click();
  goTo(kind, id);
}

function associations(kind, record) {
  const rows = others[kind].map((other) => [other, linked(record, other)]).filter(([, list]) => list.length);
  if (!rows.length) return null;
  return make("dl", {}, ...rows.flatMap(([other, list]) => [
    make("dt", {}, nouns[other][list.length === 1 ? 0 : 1]),
    make("dd", {}, ...list.map((one) => keyed(make("button", {
      type: "button", class: "link", onclick: () => goTo(other, one.id),
    }, title(other, one)), "crm", record.id, other, one.id))),
  ]));
}

// ---- people in the CRM ----------------------------------------------------------------------------------------

function ownerSelect(kind, record) {
  const current = record.properties.hubspot_owner_id ?? "";
  const box = make("select", {
    "aria-label": `Owner of ${title(kind, record)}`,
    onchange: () => post("crm", { kind, id: record.id, act: "owner", owner: box.value }),
  }, make("option", { value: "" }, "no owner"), ...desk.state.crm.owners.filter((one) => !one.archived).map((one) =>
    make("option", { value: one.id, selected: one.id === current }, one.name)));
  return make("label", { class: "inline" }, "Owner ", keyed(box, "crm", record.id, "owner"));
}

function tool(record, name, body) {
  return keyed(make("button", { type: "button", onclick: () => post("crm", { id: record.id, ...body }) }, name),
    "crm", record.id, name);
}

function tools(kind, record) {
  const more = [];
  if (kind === "contacts") {
    for (const [name, activity] of [["Log a call", "call"], ["Log an e-mail", "email"], ["Log a meeting", "meeting"]]) {
      more.push(tool(record, name, { kind, act: "log", activity }));
    }
    more.push(tool(record, "New deal", { kind, act: "deal" }));
  }
  if (kind === "deals") {
    more.push(tool(record, "Won", { kind, act: "stage", stage: "closedwon" }),
      tool(record, "Lost", { kind, act: "stage", stage: "closedlost" }));
  }
  return make("div", { class: "tools" }, ownerSelect(kind, record), ...more);
}

// What somebody types into the CRM without any form: HubSpot tells Baton of it.
const contactFields = [["email", "E-mail"], ["firstname", "First name"], ["lastname", "Last name"],
  ["company", "Company"], ["jobtitle", "Job title"], ["country", "Country"], ["numemployees", "Employees"]];

function newContact() {
  const inputs = contactFields.map(([name, text]) => [name, keyed(make("input", {
    type: "text", autocomplete: "off", "aria-label": `${text} of the new contact`, placeholder: text,
  }), "crm", "new", name)]);
  const said = make("p", { class: "hint", role: "status" });
  const add = async () => {
    const properties = Object.fromEntries(inputs.map(([name, box]) => [name, box.value.trim()]));
    if (!properties.email.includes("@")) return (said.textContent = "a contact needs an e-mail address");
    const answer = await post("crm", { act: "contact", properties });
    said.textContent = answer.ok ? "HubSpot has the contact and tells Baton." : answer.error ?? "That did not work.";
    if (answer.ok) inputs.forEach(([, box]) => (box.value = ""));
  };
  return make("details", { class: "note" },
    keyed(make("summary", {}, "New contact"), "crm", "new", "open"),
    make("div", { class: "tools" }, ...inputs.map(([, box]) => box),
      keyed(busyButton({}, add, "Add contact"), "crm", "new", "add")), said);
}

function title(kind, record) {
  const values = record.properties;
  if (kind === "contacts") return [values.firstname, values.lastname].filter(Boolean).join(" ") || values.email || "Contact";
  return values.name ?? values.dealname ?? values.domain ?? "Record";
}

function chips(record) {
  const { lifecyclestage, hs_lead_status: status, dealstage } = record.properties;
  return [lifecyclestage, status, dealstage].filter(Boolean).map((text) => make("span", { class: "chip" }, words(text)));
}

function card(kind, record) {
  const { jobtitle, email, domain } = record.properties;
  const node = make("article", { class: "card", tabIndex: -1, "aria-label": title(kind, record) },
    make("h4", {}, title(kind, record), make("small", { class: "hint" }, ` #${record.id}`)),
    kind === "contacts" && jobtitle && make("p", {}, jobtitle),
    kind === "contacts" && email && make("p", { class: "hint" }, email),
    kind === "companies" && domain && make("p", { class: "hint" }, domain),
    make("p", { class: "chips" }, ...chips(record)),
    facts(record, kind === "deals" ? ["amount"] : kind === "companies" ? ["industry", "numberofemployees"] : []),
    associations(kind, record), ...notes(record), otherFacts(record), tools(kind, record));
  return keyed(node, `crm-${kind}`, record.id);
}

const empty = {
  contacts: "No contact yet. A lead that Baton keeps appears here with its company and a note.",
};

export function drawCRM() {
  const { crm } = desk.state;
  const entries = [{ key: "new", facts: 0, draw: newContact }];
  for (const [kind, name] of [["contacts", "contact"], ["companies", "company"], ["deals", "deal"]]) {
    const records = crm[kind];
    const count = plural(records.length, name, kind);
    if (records.length || empty[kind]) {
      entries.push({ key: kind, facts: count, draw: () => make("h3", {}, count[0] === "0" ? "Contacts" : count) });
    }
    if (!records.length && empty[kind]) {
      entries.push({ key: kind + "-empty", facts: 0, draw: () => make("p", { class: "empty" }, empty[kind]) });
    }
    for (const record of records) {
      const around = ["contacts", "companies", "deals", "notes", "tasks"].map((other) => linked(record, other));
      entries.push({ key: kind + record.id, facts: [record, around], draw: () => card(kind, record) });
    }
  }
  draw(entries);
}
