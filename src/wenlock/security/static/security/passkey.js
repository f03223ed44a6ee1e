// Passkeys: fetches what to ask, asks the device, and posts its answer. A form names what it does in data-passkey
// ("get" or "create") and where to fetch from in data-options. Its button is hidden until this runs.

const CANNOT = "This device or browser could not do that. Try again, or choose another way.";

function say(form, words) {
  const box = form.querySelector("[data-passkey-problem]");
  box.textContent = words;
  box.hidden = !words;
}

async function answer(form) {
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`The options could not be fetched: ${response.status}`);
  }
  return window.webauthnJSON[form.dataset.passkey](await response.json());
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  say(form, "");
  try {
    form.elements.credential.value = JSON.stringify(await answer(form));
  } catch (error) {
    say(form, CANNOT);
    return;
  }
  form.submit();
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  if (!window.PublicKeyCredential) {
    return;
  }
  form.addEventListener("submit", send);
  form.hidden = false;
});
