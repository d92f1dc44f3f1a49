// A pasted text that is too long for a form's field is sent as a file, for which there is more room; what is too long
// for either stays in the page. Without this it is the server that says so.

const paste = document.querySelector("[data-most]");
const field = paste?.elements.pasted;
const problem = document.getElementById("pasted-problem");
const sizeOf = (string) => new Blob([string]).size;

paste?.addEventListener("submit", (event) => {
  const isTooLong = sizeOf(field.value) > Number(paste.dataset.most);
  problem.hidden = !isTooLong;
  field.toggleAttribute("aria-invalid", isTooLong);
  if (!isTooLong) return;
  event.preventDefault();
  field.focus();
});

paste?.addEventListener("formdata", ({ formData }) => {
  if (sizeOf(field.value) > Number(paste.dataset.room)) formData.set("pasted", new File([field.value], "pasted.txt", { type: "text/plain" }));
});
