// Addresses of Slack's and HubSpot's own pages lead to what stands for them on this one.
import { showRecord } from "/crm.js";
import { goToMessage } from "/talk.js";

const message = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})/;
const contact = /^https:\/\/app\.hubspot\.com\/contacts\/\w+\/record\/0-1\/(\d+)/;

// Whether there was such a place, and the reader is there now.
export function goInstead(address) {
  const [, channel, seconds, rest] = message.exec(address) ?? [];
  if (channel) goToMessage(channel, `${seconds}.${rest}`);
  const [, id] = contact.exec(address) ?? [];
  if (id) showRecord("contacts", id);
  return Boolean(channel || id);
}
