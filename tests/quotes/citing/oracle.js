// Renders CSL-JSON with citeproc-js: {styles: {key: xml}, locales: {lang: xml}, items: [...]} in, {key: {id: text}} out.
const CSL = require("citeproc");
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));

function render(style, item) {
  const system = {
    retrieveLocale: (language) => input.locales[language] || input.locales["en-US"],
    retrieveItem: () => item,
  };
  const engine = new CSL.Engine(system, style, "en-US", true);
  engine.setOutputFormat("text");
  engine.updateItems([item.id]);
  const list = engine.makeBibliography();
  if (list) return list[1].join("").trim();
  const cluster = { citationItems: [{ id: item.id }], properties: { noteIndex: 1 } };
  return engine.previewCitationCluster(cluster, [], [], "text");
}

const output = {};
for (const [key, style] of Object.entries(input.styles)) {
  output[key] = Object.fromEntries(input.items.map((item) => [item.id, render(style, item)]));
}
console.log(JSON.stringify(output));
