// The Design System's way out goes to another page and leaves this one behind the Back button. This puts the other page
// in its place. The component says that it is leaving by hiding the page, whether a button or the Shift key was pressed.

new MutationObserver(() => {
  const way = document.querySelector(".govuk-exit-this-page__button");
  if (way && document.body.classList.contains("govuk-exit-this-page-hide-content")) {
    window.location.replace(way.href);
  }
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
