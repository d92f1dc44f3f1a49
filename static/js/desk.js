// Offers the names on record beside an input, and opens what asks about a new one. Every form works without it.

const WAIT = 150;

const roomOf = (input) => {
  if (input.dataset.suggest !== "stops") return input.dataset.suggest;
  const role = input.closest("fieldset").querySelector("select");
  return role.value === "told_by" ? "speakers" : "outlets";
};

// Of several names in one input, the last is being typed.
const typed = (input) => {
  if (input.dataset.suggest !== "topics") return ["", input.value.trim()];
  const cut = input.value.lastIndexOf(",") + 1;
  return [cut ? `${input.value.slice(0, cut)} ` : "", input.value.slice(cut).trim()];
};

const offer = async (input, list) => {
  const [before, text] = typed(input);
  if (!text) return list.replaceChildren();
  const answer = await fetch(`/desk/suggest/${roomOf(input)}/?q=${encodeURIComponent(text)}`);
  if (!answer.ok || typed(input)[1] !== text) return;
  const { names } = await answer.json();
  list.replaceChildren(...names.map(({ name, note }) => new Option(note, before + name)));
};

const suggest = (input) => {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input, list).catch(() => list.replaceChildren()), WAIT);
  });
};

const suggestAll = () => document.querySelectorAll("[data-suggest]:not([list])").forEach(suggest);

// A link in the summary leads to a field, which may stand in a closed part of the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".problems a");
  if (!link) return;
  const field = document.querySelector(link.hash);
  for (let closed = field?.closest("details"); closed; closed = closed.parentElement.closest("details")) closed.open = true;
  field?.focus();
});

// Parts of a page that came later have inputs, too.
document.addEventListener("htmx:afterSettle", suggestAll);
suggestAll();
document.querySelector(".problems")?.focus();
