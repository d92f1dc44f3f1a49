// Single keys, each of which presses what the page has for it (`data-key`), and the sheet that lists those in force
// here. Its words come from the page of all keys, where a link leads without this file.

const OFF = "keys-off";
const SECOND_KEY_WITHIN = 1500;
const TYPED_INTO = "input:not([type=radio], [type=checkbox], [type=submit]), select, textarea, [contenteditable]";

const link = document.querySelector("a[data-opens-keys]");
let sheet, listed;
let first = "";
let waiting;

// A browser may keep nothing for a site: then what was switched off lasts as long as the page.
const remembered = (isOff) => {
  try {
    if (isOff === undefined) return Boolean(localStorage.getItem(OFF));
    if (isOff) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  } catch {
    return false;
  }
};

const areOff = () => "keysOff" in document.documentElement.dataset;
const switchKeys = (isOff) => document.documentElement.toggleAttribute("data-keys-off", isOff);

// What a key presses. The review has keys of its own.
const pressed = (keys) =>
  [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]:not([hidden])`)].find((one) => !one.closest("[data-review]"));

const press = (control) => {
  control.closest("details")?.setAttribute("open", "");
  if (control.matches("input")) control.focus();
  else control.click();
};

const cards = () => [...document.querySelectorAll("[data-card]")];
const chosen = () => cards().find((card) => card.contains(document.activeElement));

const step = (by) => {
  const all = cards();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(chosen()) + by))];
  next.querySelector("a").focus();
  next.scrollIntoView({ block: "nearest" });
};

const copied = () => document.querySelector(".cite :checked + label + .panel [data-copy]");

// Keys that press nothing with a name of its own: when they are in force, and what they do.
const acts = {
  "?": { is: () => link, act: () => open() },
  j: { is: () => cards().length, act: () => step(1) },
  k: { is: () => cards().length, act: () => step(-1) },
  o: { is: () => cards().length, act: () => chosen()?.querySelector("a").click() },
  c: { is: copied, act: () => copied().click() },
};

const isInForce = (keys) => (acts[keys] ? acts[keys].is() : pressed(keys));
const beginsOne = (key) => document.querySelector(`[data-key^="${CSS.escape(key)} "]`);

// Keyboards of other scripts: the key in that place, which a list in this script can name.
const keyOf = ({ key, code, shiftKey }) => {
  if (key.length !== 1 || /[ -~]/.test(key)) return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : key;
};

const forget = () => {
  clearTimeout(waiting);
  first = "";
};

document.addEventListener("keydown", (event) => {
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
  // What is open above the page has the keys; the review, which listens after this, does nothing below it.
  if (document.querySelector("dialog[open]")) return event.stopImmediatePropagation();
  if (isHeld || areOff() || event.key === "Shift" || event.target.closest(TYPED_INTO)) return;
  const key = keyOf(event);
  const keys = first ? `${first} ${key}` : key;
  const isSecond = Boolean(first);
  forget();
  if (isSecond) event.stopImmediatePropagation();
  else if (beginsOne(keys)) {
    first = keys;
    waiting = setTimeout(forget, SECOND_KEY_WITHIN);
  }
  if (first || !isInForce(keys)) return;
  event.preventDefault();
  if (acts[keys]) acts[keys].act();
  else press(pressed(keys));
});

// The sheet

const bring = async () => {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

// A page's own keys first; what it has one for doesn't mean anything else there.
const ownKeys = () => {
  const own = document.querySelector("[data-own-keys]")?.cloneNode(true);
  own?.querySelector("caption")?.classList.replace("visually-hidden", "section");
  return own;
};

const fill = (page) => {
  const list = page.getElementById("keys-list").cloneNode(true);
  const own = ownKeys();
  const taken = [...(own?.querySelectorAll("kbd") ?? [])].flatMap((one) => one.textContent.split(" "));
  for (const row of list.querySelectorAll("[data-keys]"))
    if (!isInForce(row.dataset.keys) || taken.includes(row.dataset.keys)) row.remove();
  for (const section of list.querySelectorAll("section")) if (!section.querySelector("[data-keys]")) section.remove();
  if (own) list.prepend(own);
  const title = document.createElement("h2");
  Object.assign(title, { id: "keys-title", tabIndex: -1, autofocus: true });
  title.textContent = page.getElementById("keys-title").textContent;
  list.prepend(title);
  const { lang, dir } = page.documentElement;
  Object.assign(sheet, { lang, dir });
  sheet.replaceChildren(list);
  prepare(list);
};

const prepare = (list) => {
  list.querySelector("[data-keys-switch]").hidden = false;
  list.querySelector("#keys-on").checked = !areOff();
  const close = list.querySelector("[data-keys-close]");
  close.hidden = !sheet?.contains(list);
  close.addEventListener("click", () => sheet.close());
};

const made = () => {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-sheet";
  dialog.setAttribute("aria-labelledby", "keys-title");
  document.body.append(dialog);
  return dialog;
};

const open = async () => {
  // On the page of all keys there is nothing more to show.
  if (document.getElementById("keys-list")) return document.getElementById("main").focus();
  try {
    listed ??= bring();
    const page = await listed;
    sheet ??= made();
    if (sheet.open) return;
    fill(page);
    sheet.showModal();
  } catch {
    location.assign(link.href);
  }
};

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-opens-keys]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
document.addEventListener("change", ({ target }) => {
  if (target.id !== "keys-on") return;
  remembered(!target.checked);
  switchKeys(!target.checked);
});

switchKeys(remembered());
const here = document.getElementById("keys-list");
if (here) prepare(here);
