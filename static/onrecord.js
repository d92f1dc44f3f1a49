// What a page can do beyond its links and forms: copy. Nothing here is needed to read.
// What it says stands in the page's own language on its root.

// A citation keeps its italics where it is pasted into a text that has them.
const write = async (text, html) => {
  if (!html) return navigator.clipboard.writeText(text);
  const blob = (type, part) => new Blob([part], { type });
  const item = { "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) };
  return navigator.clipboard.write([new ClipboardItem(item)]);
};

const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  const said = button.querySelector("[data-said]") ?? button;
  const label = (said.dataset.label ??= said.textContent);
  try {
    await write(source.dataset.text ?? source.textContent.trim(), source.dataset.text && source.innerHTML.trim());
    said.textContent = document.documentElement.dataset.sayCopied;
  } catch {
    // Without the right to write the clipboard, leave the text selected: one key copies it.
    getSelection().selectAllChildren(source);
    said.textContent = document.documentElement.dataset.saySelected;
  }
  setTimeout(() => (said.textContent = label), 2500);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

// Copying needs a script: the buttons appear with it.
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
