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

for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input, list).catch(() => list.replaceChildren()), WAIT);
  });
}

// A link in the summary leads to a field, which may stand in a closed part of the page.
for (const link of document.querySelectorAll(".problems a")) {
  link.addEventListener("click", () => {
    const field = document.querySelector(link.hash);
    const closed = field?.closest("details");
    if (closed) closed.open = true;
    field?.focus();
  });
}

document.querySelector(".problems")?.focus();
