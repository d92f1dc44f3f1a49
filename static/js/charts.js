// A finger can't point: what it touches first in a drawing tells its number, and leads to what that counts when it is
// touched again. Pointing and keys need no script for that, and without this file a touch follows the link at once.

let told = null;

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".chart svg a");
  const isFirst = event.pointerType === "touch" && mark !== told && mark?.querySelector(".told");
  told = isFirst ? mark : null;
  if (!isFirst) return;
  event.preventDefault();
  mark.focus({ preventScroll: true });
});
