// The API's page: every address with its parameters, drawn from the OpenAPI document by Swagger UI.

"use strict";

const place = document.getElementById("api-reference");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function followTheme() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

followTheme();
dark.addEventListener("change", followTheme);
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Swagger's own server would be asked whether the document is valid: nothing of ours leaves the page.
  validatorUrl: null,
});
