// The pages' own script: starts the Design System's components, gives htmx its token, and listens for shortcuts.
// Every page works without it.

const SELF = document.querySelector("script[data-govuk]");

async function startComponents(scope) {
  // The address comes from the page because hashed file names are known only to the server.
  const govuk = await import(SELF.dataset.govuk);
  govuk.initAll({ scope });
  tidyRadios();
}

// The Design System's script says of a radio that it is expanded, which ARIA does not allow of radios; what it reveals
// follows it in the page in any case. It says so again at every click, so this runs after it.
function tidyRadios() {
  document.querySelectorAll("input[type=radio][aria-expanded]").forEach((radio) => radio.removeAttribute("aria-expanded"));
}

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
}

function startHtmx() {
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx.request;
    if (token() && !/^(GET|HEAD)$/i.test(request.method)) {
      request.headers["X-CSRFToken"] = token();
    }
  });
  document.addEventListener("htmx:after:process", (event) => {
    // The first of these is for the page itself, whose components are started below.
    if (event.target instanceof Element && event.target !== document.body) {
      startComponents(event.target);
    }
  });
}

const SHORTCUTS = {
  KeyS: () => document.querySelector("[data-shortcut=s]"),
  KeyH: () => document.querySelector(".govuk-generic-header__homepage-link"),
  KeyM: () => document.getElementById("main-content"),
};

function follow(target) {
  if (target.matches("a[href]")) {
    target.click();
  } else {
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }
}

function startShortcuts() {
  // Always with Alt and Shift, so that no shortcut fires while someone types or speaks (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const target = SHORTCUTS[event.code]?.();
    if (target) {
      event.preventDefault();
      follow(target);
    }
  });
}

function foldOnPhones() {
  if (window.matchMedia("(max-width: 40.0625em)").matches) {
    document.querySelectorAll(".wl-filter[open]").forEach((panel) => panel.removeAttribute("open"));
  }
}

document.addEventListener("click", tidyRadios);
window.addEventListener("pageshow", tidyRadios);
foldOnPhones();
startHtmx();
startShortcuts();
startComponents(document);
