"""Selecting words of the document's text, as a mouse does."""


def select(page, words):
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          const runs = [];
          let whole = "";
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest("[data-at]")) continue;
            runs.push([whole.length, walker.currentNode]);
            whole += walker.currentNode.data;
          }
          const place = offset => {
            const [start, node] = runs.findLast(([start]) => start <= offset);
            return [node, offset - start];
          };
          const start = whole.indexOf(words);
          const range = document.createRange();
          range.setStart(...place(start));
          range.setEnd(...place(start + words.length));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )
