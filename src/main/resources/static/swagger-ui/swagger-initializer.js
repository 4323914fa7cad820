// In the place of the WebJar's own, which shows somebody else's API. Addresses are relative: there may be a path before ours.
window.onload = () => {
  document.title = "Switchboard: the HTTP API";
  window.ui = SwaggerUIBundle({
    url: "../v3/api-docs",
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    // Nobody else is asked whether the document is valid.
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [SwaggerUIBundle.plugins.DownloadUrl],
    layout: "StandaloneLayout",
  });
};
