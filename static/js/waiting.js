// What became of a document or an import while its page waited is said once, in a place that stays while the page is
// replaced: a region that is replaced itself is often read anew each time, or never.

const made = () => {
  const region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
};

// A review's page has one already: two would be read one over the other.
const region = document.querySelector("body > [role=status]") ?? made();

const states = () => new Map([...document.querySelectorAll("[data-state]")].map((part) => [part.id, part.dataset.state]));

let before = states();

document.addEventListener("htmx:afterSettle", () => {
  const now = states();
  const news = [...now].filter(([id, state]) => before.get(id) !== state).map(([, state]) => state);
  before = now;
  if (news.length) region.textContent = news.join(" ");
});
