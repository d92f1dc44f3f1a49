// What filtering without a new page needs: the column of filters kept as it was, the count said aloud, a place for the
// focus. Without this file and without htmx every link and the form load a new page, which does all that by itself.

const wide = matchMedia("(min-width: 60rem)");
const list = () => document.getElementById("browse");
let open = [];
let focused = "";

const unfold = () => {
  const facets = list()?.querySelector(".facets");
  if (facets && wide.matches) facets.open = true;
};

const remember = () => {
  open = [...list().querySelectorAll("details[open] > summary")].map((summary) => summary.id);
  focused = document.activeElement?.id ?? "";
};

const restore = () => {
  for (const id of open) document.getElementById(id)?.closest("details").setAttribute("open", "");
  unfold();
  const results = document.getElementById("results");
  const place = (focused && document.getElementById(focused)) || results;
  place?.focus({ preventScroll: place !== results });
  // What stood above it may have become shorter or longer.
  place?.scrollIntoView({ block: "nearest" });
  const news = list().querySelector("[data-announce]");
  document.getElementById("browse-status").textContent = news?.textContent ?? "";
};

// An address without what was left empty.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches(".filter-form")) return;
  for (const [name, value] of [...detail.formData]) if (!value.trim()) detail.formData.delete(name);
});
document.addEventListener("htmx:beforeSwap", (event) => event.detail.target.id === "browse" && remember());
document.addEventListener("htmx:afterSettle", (event) => event.detail.target?.id === "browse" && restore());
document.addEventListener("htmx:responseError", ({ detail }) => {
  // A refusal is a page to be read: too many asked, or for too much.
  if (detail.target?.id === "browse" && [429, 503].includes(detail.xhr.status)) location.assign(detail.pathInfo.finalRequestPath);
});
wide.addEventListener("change", unfold);
unfold();
