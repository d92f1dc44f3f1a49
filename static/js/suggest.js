// Names below a search field as it is typed into: a combobox whose options lead to a page, or narrow the list at hand.
// Without this file the field is searched by its words, which find names too.

const PAUSE = 150;
let waiting, asked;

const field = (event) => event.target.closest?.("[data-suggestions]");
const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
const options = (list) => [...list.querySelectorAll("[role=option]")];

const prepare = (input) => {
  if (input.hasAttribute("aria-controls")) return;
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.documentElement.dataset.sayNames);
  input.after(list);
  const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
};

const show = (input, html) => {
  const list = listOf(input);
  list.innerHTML = html;
  list.hidden = !options(list).length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
};

const close = (input) => {
  clearTimeout(waiting);
  asked?.abort();
  show(input, "");
};

const ask = async (input) => {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`/suggest/options/?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
    if (answer.ok) show(input, await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") show(input, "");
  }
};

const move = (input, by) => {
  const all = options(listOf(input));
  if (!all.length) return;
  const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  // Past either end comes the field itself, then the other end.
  const place = (here + by + all.length + 1) % (all.length + 1);
  const next = all[here < 0 && by < 0 ? all.length - 1 : place];
  for (const option of all) option.setAttribute("aria-selected", String(option === next));
  if (next) input.setAttribute("aria-activedescendant", next.id);
  else input.removeAttribute("aria-activedescendant");
  next?.scrollIntoView({ block: "nearest" });
};

const choose = (input, option) => {
  const { url, kind, slug } = option.dataset;
  close(input);
  if (input.dataset.suggestions !== "narrow") return location.assign(url);
  const narrowing = Object.assign(document.createElement("input"), { type: "hidden", name: kind, value: slug });
  input.value = "";
  input.form.append(narrowing);
  input.form.requestSubmit();
};

const press = {
  ArrowDown: (input) => (move(input, 1), true),
  ArrowUp: (input) => (move(input, -1), true),
  Escape: (input) => {
    const isOpen = !listOf(input).hidden;
    close(input);
    return isOpen;
  },
  Enter: (input) => {
    const option = listOf(input).querySelector("[aria-selected=true]");
    if (option) choose(input, option);
    else close(input);
    return Boolean(option);
  },
};

document.addEventListener("focusin", (event) => field(event) && prepare(field(event)));
document.addEventListener("focusout", (event) => field(event) && close(field(event)));
document.addEventListener("input", (event) => {
  const input = field(event);
  if (!input) return;
  prepare(input);
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE, input);
});
document.addEventListener("keydown", (event) => {
  const input = field(event);
  if (!input || event.isComposing || !press[event.key]) return;
  prepare(input);
  if (press[event.key](input)) event.preventDefault();
});
// The field keeps the focus while an option is pressed.
document.addEventListener("mousedown", (event) => event.target.closest(".suggestions") && event.preventDefault());
document.addEventListener("click", (event) => {
  const option = event.target.closest(".suggestions [role=option]");
  if (option) choose(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
});
