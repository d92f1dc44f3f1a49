// The review by keys, and boundaries by selecting text. Every act is a button or a link of the page, which a key
// presses: nothing here is needed to decide.

const main = () => document.getElementById("main");
const review = () => document.querySelector("[data-review]");
const form = () => document.getElementById("candidate-form");
const text = () => document.getElementById("text");
const MANY = 20;
const BRACKETS = "[]{}";

const announcer = document.createElement("p");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

// Positions: code points of the archived text. Each run of the page says where it begins.

const codePoints = (string) => [...string].length;

const positionOf = (node, offset) => {
  const runs = [...text().querySelectorAll("[data-at]")];
  let at = 0;
  for (const run of runs) {
    const range = document.createRange();
    range.selectNodeContents(run);
    if (range.comparePoint(node, offset) < 0) break;
    at = Number(run.dataset.at);
    if (range.comparePoint(node, offset) > 0) at += codePoints(run.textContent);
    else {
      range.setEnd(node, offset);
      at += codePoints(range.toString());
      break;
    }
  }
  return at;
};

// Pressing a button may end the selection: what was selected in the text last is remembered until something else is.
let found = null;

const remember = () => {
  const selection = getSelection();
  const range = selection.rangeCount && text() && selection.getRangeAt(0);
  if (!range || !text().contains(range.startContainer) || !text().contains(range.endContainer)) return;
  const start = positionOf(range.startContainer, range.startOffset);
  const end = positionOf(range.endContainer, range.endOffset);
  found = start < end ? { start, end } : null;
};

document.addEventListener("selectionchange", remember);

const say = (words) => {
  announcer.textContent = "";
  requestAnimationFrame(() => (announcer.textContent = words));
};

const fill = (prefix, values) => {
  for (const [name, value] of Object.entries(values)) document.getElementById(`id_${prefix}-${name}`).value = value;
};

// What a button needs of the selection before it is pressed; false where there is none.
const withSelection = {
  place: () => {
    document.getElementById("selection-problem").textContent = found ? "" : review().dataset.saySelect;
    if (!found) return false;
    fill("place", found);
  },
  missed: () => found && fill("missed", found),
  split: () => found && !document.getElementById("id_split-at")?.value && fill("split", { position: found.start }),
};

// Browsers let nobody select text by dragging from within a link: while the button is down, it is none.

let held = null;

const letGo = () => {
  held?.link.setAttribute("href", held.href);
  held = null;
};

document.addEventListener(
  "mousedown",
  (event) => {
    const link = event.button === 0 && event.target.closest("#text a[href]");
    if (!link) return;
    held = { link, href: link.getAttribute("href") };
    link.removeAttribute("href");
  },
  true,
);
document.addEventListener("click", letGo, true);
document.addEventListener("mouseup", () => setTimeout(letGo));

// Keys

const typing = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
const pending = [];
let busy = "";

// While an answer is awaited, only what moves an end counts on; what decides would decide about something unseen.
const press = (control) => {
  if (busy === "settling" || (busy && control.dataset.repeats !== undefined)) {
    if (pending.length < MANY) pending.push(control.dataset.key);
  } else if (!busy) {
    if (control.matches("summary")) open(control);
    else control.click();
  }
};

const open = (summary) => {
  const details = summary.parentElement;
  remember();
  // A place is chosen already: split there.
  if (summary.dataset.key === "x" && found && inside(found)) return details.querySelector("[data-selection]").click();
  details.open = !details.open;
  if (details.open) details.querySelector("button, select, input:not([type=hidden])")?.focus();
};

const inside = ({ start }) =>
  start > Number(document.getElementById("id_place-start").defaultValue) &&
  start < Number(document.getElementById("id_place-end").defaultValue);

const reasonFor = (key) => {
  const open = form()?.querySelector(".fold[open] [data-reason]");
  return open && form().querySelector(`[data-reason="${CSS.escape(key)}"]`);
};

document.addEventListener("keydown", (event) => {
  // Many keyboards have brackets behind Alt or AltGr.
  const held = event.metaKey || ((event.ctrlKey || event.altKey) && !BRACKETS.includes(event.key));
  if (!review() || held) return;
  if (event.key === "Escape") return leave(event.target);
  if (event.key === "Enter" && event.target.id === "id_reject-remark") return reject(event);
  if (typing(event.target) || "keysOff" in document.documentElement.dataset) return;
  const control = reasonFor(event.key) ?? review().querySelector(`[data-key="${CSS.escape(event.key)}"]:not([hidden])`);
  if (!control) return;
  event.preventDefault();
  press(control);
});

// Out of a field, or of what a key unfolded, and back to where keys act.
const leave = (target) => {
  target.closest?.(".fold[open]")?.removeAttribute("open");
  if (typing(target) || target.closest?.(".fold")) document.getElementById("candidate")?.focus();
};

const reject = (event) => {
  event.preventDefault();
  form().querySelector('[data-reason][value="other"]').click();
};

// Before a button of the form is pressed, and before another suggestion is opened

document.addEventListener(
  "click",
  (event) => {
    const control = event.target.closest("[data-selection], #text a, a[data-go], .all-suggestions a, [data-key='e']");
    if (!control || !review()) return;
    if (control.dataset.selection) remember();
    if (control.dataset.selection && withSelection[control.dataset.selection]() === false) return stop(event);
    if (control.dataset.key === "e") return edit(event);
    // Letting go of the mouse after selecting within a link is no click on it.
    if (control.closest("#text") && !getSelection().isCollapsed) return stop(event);
    if (control.matches("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) keep(event, control);
  },
  true,
);

const stop = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

const edit = (event) => {
  stop(event);
  document.getElementById("id_words")?.focus();
};

const told = (form) => new URLSearchParams(new FormData(form)).toString();
let untouched = "";

// What was typed is saved before the next suggestion is shown.
const keep = (event, link) => {
  if (!form() || told(form()) === untouched) return;
  stop(event);
  form().elements.go.value = new URL(link.href).searchParams.get("candidate");
  form().querySelector('[data-key="s"]').click();
};

// New pages

// Empty rows wait behind a button.
const foldRows = (section) => {
  const rows = [...section.querySelectorAll(".stops > li")];
  const filled = rows.findLastIndex((row) => [...row.querySelectorAll("input, select")].some((field) => field.value));
  const hidden = rows.slice(Math.max(filled + 1, 1));
  for (const row of hidden) row.hidden = true;
  if (!hidden.length) return;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "quiet";
  more.textContent = section.dataset.say;
  more.addEventListener("click", () => {
    const row = hidden.shift();
    row.hidden = false;
    row.querySelector("select, input").focus();
    if (!hidden.length) more.remove();
  });
  section.append(more);
};

const prepare = () => {
  if (!review()) return;
  for (const part of review().querySelectorAll("[data-with-script], button[data-selection]")) part.hidden = false;
  for (const section of review().querySelectorAll("[data-rows]")) foldRows(section);
  untouched = form() ? told(form()) : "";
  showChosen();
};

const showChosen = () => {
  const mark = text()?.querySelector("mark.chosen");
  if (!mark) return;
  const inner = text().getBoundingClientRect();
  const place = mark.getBoundingClientRect();
  if (place.top < inner.top || place.bottom > inner.bottom)
    text().scrollTop += place.top - inner.top - text().clientHeight / 3;
};

let scrolled = 0;
let waited = false;
const waits = () => Boolean(main().querySelector("[data-waits]"));

const failed = (why) => {
  busy = "";
  if (!review()) return;
  document.getElementById("failed")?.remove();
  const notice = document.createElement("div");
  notice.id = "failed";
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = why;
  (form() ?? review()).prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
};

// What is typed about the suggestion goes along with what is done to the document.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!form() || detail.verb !== "post" || detail.elt === form() || told(form()) === untouched) return;
  for (const [name, value] of new FormData(form())) if (!detail.formData.has(name)) detail.formData.append(name, value);
});

document.addEventListener("htmx:beforeRequest", () => (busy = "asked"));
document.addEventListener("htmx:afterSwap", () => (busy = "settling"));
document.addEventListener("htmx:sendError", () => failed(review()?.dataset.sayUnreachable));
document.addEventListener("htmx:responseError", ({ detail }) => failed(review()?.dataset.sayError.replace("{}", detail.xhr.status)));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // A refusal is a page to be read, too.
  if (detail.xhr.status === 409) [detail.shouldSwap, detail.isError] = [true, false];
  scrolled = text()?.scrollTop ?? 0;
  waited = waits();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!review() || !main().contains(detail.elt)) return;
  busy = "";
  if (text()) text().scrollTop = scrolled;
  found = null;
  prepare();
  // While nothing has come of it yet, there is nothing new to be read out.
  if (!(waited && waits())) arrive();
  while (pending.length && !busy) {
    const control = review().querySelector(`[data-key="${CSS.escape(pending.shift())}"]`);
    if (control) press(control);
  }
});

// The focus goes to what is new: what went wrong, what somebody else did, or the next suggestion.
const arrive = () => {
  const place = ["changed", "problems", "candidate"].map((id) => document.getElementById(id)).find(Boolean);
  place?.focus({ preventScroll: true });
  if (place && (place.getBoundingClientRect().top < 0 || place.getBoundingClientRect().bottom > innerHeight))
    place.scrollIntoView();
  const news = [...main().querySelectorAll(".notice[role=status], [data-announce]")].map((part) => part.textContent.trim());
  say(news.join(" "));
};

prepare();
