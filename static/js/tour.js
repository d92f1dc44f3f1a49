// The tour is offered once: on a browser's first visit here, until it is taken or declined. This browser alone
// remembers that. Without this file the offer stands where it is, as a link.

const NAME = "tour";
const offer = document.getElementById("tour-offer");

// A browser that keeps nothing can't remember an answer, so it is not asked; the footer has the tour as well.
const isNew = () => {
  try {
    const known = localStorage.getItem(NAME);
    if (!known) {
      localStorage.setItem(NAME, "offered");
      sessionStorage.setItem(NAME, "offered");
    }
    return known !== "answered" && sessionStorage.getItem(NAME) === "offered";
  } catch {
    return false;
  }
};

// Its place stays, so that nothing below it moves.
const show = (shown) => offer.classList.toggle("shown", shown);

const answer = () => localStorage.setItem(NAME, "answered");

if (isNew()) {
  offer.querySelector("button").addEventListener("click", () => {
    answer();
    show(false);
    document.getElementById("main").focus({ preventScroll: true });
  });
  offer.querySelector("a").addEventListener("click", answer);
  show(true);
}
