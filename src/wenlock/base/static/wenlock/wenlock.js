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

// A drawing in a box that scrolls: its size by buttons, and by + - 0 while the box has the focus. Arrow keys scroll it,
// and dragging moves it, as the browser does of itself for touch.
function startGenogram(figure) {
  const box = figure.querySelector(".wl-genogram__box");
  const svg = box.querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let scale = Number(svg.getAttribute("width")) / width;
  const resize = (wanted) => {
    // What is in the middle of the box stays there.
    const across = (box.scrollLeft + box.clientWidth / 2) / scale;
    const down = (box.scrollTop + box.clientHeight / 2) / scale;
    scale = Math.min(Math.max(wanted, 0.2), 4);
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    box.scrollTo(across * scale - box.clientWidth / 2, down * scale - box.clientHeight / 2);
  };
  const acts = {
    in: () => resize(scale * 1.25),
    out: () => resize(scale / 1.25),
    fit: () => resize(Math.min(box.clientWidth / width, 1)),
  };
  const keys = { "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit };
  figure.querySelectorAll("[data-zoom]").forEach((button) => {
    button.addEventListener("click", acts[button.dataset.zoom]);
  });
  box.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  startDragging(box);
  if (scale === 1 && width <= box.clientWidth * 1.6) {
    acts.fit();
  }
  showSubject(box);
}

// Whose genogram it is stands in the middle of what can be seen of it.
function showSubject(box) {
  const seen = box.getBoundingClientRect();
  const subject = box.querySelector(".wl-genogram__subject")?.getBoundingClientRect();
  if (subject) {
    box.scrollBy(
      subject.x + subject.width / 2 - seen.x - seen.width / 2,
      subject.y + subject.height / 2 - seen.y - seen.height / 2,
    );
  }
}

function startDragging(box) {
  let from = null;
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) {
      from = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    }
  });
  box.addEventListener("pointermove", (event) => {
    if (from) {
      box.scrollTo(from.x - event.clientX, from.y - event.clientY);
    }
  });
  ["pointerup", "pointerleave"].forEach((name) => box.addEventListener(name, () => (from = null)));
}

document.addEventListener("click", tidyRadios);
window.addEventListener("pageshow", tidyRadios);
foldOnPhones();
document.querySelectorAll("[data-genogram]").forEach(startGenogram);
startHtmx();
startShortcuts();
startComponents(document);
