// What a page can do beyond its links and forms: copy. Nothing here is needed to read.
// What it says stands in the page's own language on its root.

// A citation keeps its italics where it is pasted into a text that has them.
const write = async (text, html) => {
  if (!html) return navigator.clipboard.writeText(text);
  const blob = (type, part) => new Blob([part], { type });
  const item = { "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) };
  return navigator.clipboard.write([new ClipboardItem(item)]);
};

// What a button did is read out, too: its new label alone is not.
const say = (words) => {
  let status = document.getElementById("said-aloud");
  if (!status) {
    status = Object.assign(document.createElement("p"), { id: "said-aloud", className: "visually-hidden" });
    status.setAttribute("role", "status");
    document.querySelector(".footer").append(status);
  }
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = words));
};

// What came of it stands on the button for a moment.
const tell = (button, words) => {
  const said = button.querySelector("[data-said]") ?? button;
  const label = (said.dataset.label ??= said.textContent);
  said.textContent = words;
  say(words);
  setTimeout(() => (said.textContent = label), 2500);
};

const { sayCopied, saySelected } = document.documentElement.dataset;

const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  try {
    await write(source.dataset.text ?? source.textContent.trim(), source.dataset.text && source.innerHTML.trim());
    tell(button, sayCopied);
  } catch {
    // Without the right to write the clipboard, leave the text selected: one key copies it.
    getSelection().selectAllChildren(source);
    tell(button, saySelected);
  }
};

// By whatever the device shares with; else the link is copied. To leave the choice again is no failure.
const share = async (button) => {
  const url = button.dataset.share;
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else await write(url).then(() => tell(button, sayCopied));
  } catch (error) {
    if (error.name !== "AbortError") write(url).then(() => tell(button, sayCopied), () => location.assign(url));
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  const sharing = event.target.closest("[data-share]");
  if (sharing) share(sharing);
});

// What an account typed and didn't save stays in the browser until it signs out.
document.querySelector("[data-signs-out]")?.addEventListener("submit", ({ target }) => {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`typed:${target.dataset.signsOut}:`));
  for (const name of names) localStorage.removeItem(name);
});

// Copying and sharing need a script: the buttons appear with it.
for (const button of document.querySelectorAll("[data-copy], [data-share]")) button.hidden = false;
