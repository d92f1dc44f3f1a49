// What is typed into a form is not lost: leaving asks first (`data-unsaved`), and what was typed is kept in this browser
// (`data-typed`, the form's name) until it is saved, thrown away, or its account signs out. Drafts that are on record
// already are saved there, too (`data-autosave`), as long as nobody else changed them.

const KEPT_AFTER = 400;
const SAVED_AFTER = 8000;

const offer = document.getElementById("typed-offer");
const prefix = `typed:${offer.dataset.account}:`;
const nameOf = (form) => prefix + form.dataset.typed;
const asked = "form[data-unsaved]";
const known = new WeakMap();
let isSending = false;
let saving = null;
let isSigningOut = false;

// A browser may keep nothing, or not this much.
const store = (name, value) => {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {
    localStorage.removeItem?.(name);
  }
};
const stored = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

// What somebody typed or chose: what is hidden is the page's own.
const fieldsOf = (form) => {
  const own = new Set([...form.elements].filter((field) => field.type === "hidden").map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !own.has(name));
};
const hasProblems = () => document.querySelector(".problems, #changed, .errorlist, [aria-invalid=true]");
const told = (form) => JSON.stringify(fieldsOf(form));
const isChanged = (form) => known.has(form) && known.get(form).text !== told(form);

const keep = (form) => {
  if (isSigningOut || !form.isConnected || !form.dataset.typed || known.get(form)?.isOffering) return;
  const entry = { at: Date.now(), page: location.pathname, seen: form.elements.seen?.value, fields: fieldsOf(form) };
  store(nameOf(form), isChanged(form) ? entry : null);
  form.toggleAttribute("data-kept", isChanged(form));
};

// Restoring

const fill = (form, entry) => {
  for (const field of form.elements)
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = false;
  const places = new Map();
  for (const [name, value] of entry.fields) {
    const all = [...form.elements].filter((field) => field.name === name && field.type !== "submit");
    const field = all[0]?.matches("[type=checkbox], [type=radio]") ? all.find((one) => one.value === value) : all[places.get(name) ?? 0];
    places.set(name, (places.get(name) ?? 0) + 1);
    if (!field) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = true;
    else field.value = value;
    if (value) field.closest("li[hidden]")?.removeAttribute("hidden");
  }
  // Of the version that it was typed for: what somebody else changed since is shown before it is replaced.
  if (form.elements.seen && entry.seen !== undefined) form.elements.seen.value = entry.seen;
};

const offerBack = (form) => {
  const entry = form.dataset.typed && stored(nameOf(form));
  if (!entry || JSON.stringify(entry.fields) === told(form)) return;
  const notice = document.createElement("div");
  notice.className = "notice typed-offer";
  notice.setAttribute("role", "status");
  form.before(notice);
  notice.append(offer.content.cloneNode(true));
  notice.querySelector("[data-when]").textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
  known.get(form).isOffering = true;
  const end = (focus) => {
    known.get(form).isOffering = false;
    notice.remove();
    focus?.focus();
  };
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    fill(form, entry);
    end([...form.elements].find((field) => field.matches("input:not([type=hidden]), textarea")));
    later(form);
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => {
    store(nameOf(form), null);
    end(form.querySelector("input:not([type=hidden]), textarea"));
  });
};

// Saving in the draft itself

const saveInDraft = async (form) => {
  if (!form.isConnected || isSending || !isChanged(form)) return;
  const { text } = known.get(form);
  const sent = told(form);
  const body = new FormData(form);
  body.set("act", "autosave");
  const answer = await fetch(location.pathname, { method: "POST", body });
  if (!answer.ok || answer.redirected || isSending) return;
  const { seen, problem } = await answer.json();
  if (problem) return refused(form, problem);
  if (seen === undefined || known.get(form).text !== text) return;
  form.elements.seen.value = seen;
  known.get(form).text = sent;
  form.dataset.saved = seen;
  keep(form);
};

// Only the form itself shows what the other wrote; it is asked for by saving.
const refused = (form, problem) => {
  delete form.dataset.autosave;
  const notice = Object.assign(document.createElement("div"), { className: "notice", textContent: problem });
  notice.setAttribute("role", "alert");
  form.before(notice);
};

const later = (form) => {
  const mine = known.get(form);
  if (!mine) return;
  clearTimeout(mine.keeping);
  mine.keeping = setTimeout(keep, KEPT_AFTER, form);
  if (!("autosave" in form.dataset)) return;
  clearTimeout(mine.saving);
  mine.saving = setTimeout(saveSoon, Number(form.dataset.autosave || SAVED_AFTER), form);
};

// One after the other: each saves on from what the one before left.
const saveSoon = (form) => {
  const mine = Promise.resolve(saving)
    .then(() => saveInDraft(form))
    .catch(() => {})
    .finally(() => {
      if (saving === mine) saving = null;
    });
  saving = mine;
};

// Forms as they come and go

// A page that follows upon a form that was sent: it was kept, or this would be the form again.
const forgetWhatWasSent = () => {
  const sent = sessionStorage.getItem("typed-sent");
  sessionStorage.removeItem("typed-sent");
  const [name, page] = JSON.parse(sent ?? "[]");
  const from = document.referrer && new URL(document.referrer).pathname;
  if (name?.startsWith(prefix) && from === page && !hasProblems()) store(name, null);
};

const watch = () => {
  for (const form of document.querySelectorAll(asked)) {
    if (known.has(form)) continue;
    known.set(form, { text: told(form) });
    // A form that comes back with what is wrong in it holds what was typed, which nothing has kept yet.
    if (hasProblems()) known.get(form).text = "";
    else offerBack(form);
  }
};

const typing = ({ target }) => {
  isSigningOut = false;
  if (target.form?.matches(asked)) later(target.form);
};

document.addEventListener("input", typing);
document.addEventListener("change", typing);
document.addEventListener("submit", (event) => {
  const form = event.target;
  // Whoever stays after all is kept again what they type from then on.
  if (form.matches("[data-signs-out]")) isSigningOut = true;
  if (!form.matches(asked) || event.defaultPrevented) return;
  if (saving) {
    // Sent on from what is being saved just now, or it would be told that somebody else changed the draft.
    event.preventDefault();
    const { submitter } = event;
    saving.then(() => form.requestSubmit(submitter));
    return;
  }
  keep(form);
  isSending = true;
  if (form.dataset.typed) sessionStorage.setItem("typed-sent", JSON.stringify([nameOf(form), location.pathname]));
});
addEventListener("pageshow", () => (isSending = false));
addEventListener("pagehide", () => isSending || document.querySelectorAll(asked).forEach(keep));
addEventListener("beforeunload", (event) => {
  if (!isSending && [...document.querySelectorAll(asked)].some(isChanged)) event.preventDefault();
});

// The review changes its page in place: whatever came back without a problem was saved with what was typed.
let leaving = null;
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = document.querySelector(`${asked}[data-typed]`);
  leaving = detail.requestConfig?.verb === "post" && form ? nameOf(form) : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (leaving && !hasProblems()) store(leaving, null);
  leaving = null;
  watch();
});

forgetWhatWasSent();
watch();
