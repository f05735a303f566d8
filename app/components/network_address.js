// What the reader did to the picture stands in the page's address: with= (expanded), hide=, pin=. So a link shares it,
// "back" and undo take it back, and the server places what is new.
const CHANGES = ["with", "hide", "pin"];

function goTo(change) {
  const url = new URL(window.location.href);
  change(url.searchParams);
  window.history.pushState(null, "", url);
  window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

function addToAddress(name, key) {
  goTo((parameters) => { if (!parameters.getAll(name).includes(key)) parameters.append(name, key); });
}

function takeFromAddress(name, key) {
  goTo((parameters) => {
    const rest = parameters.getAll(name).filter((each) => each !== key);
    parameters.delete(name);
    rest.forEach((each) => parameters.append(name, each));
  });
}

function onlyThis(key) {
  goTo((parameters) => {
    CHANGES.concat("to").forEach((name) => parameters.delete(name));
    parameters.set("around", key);
  });
}

// The last thing that was done to the picture, for undo after a link was opened or the page loaded anew.
function lastChange() {
  return [...new URL(window.location.href).searchParams].filter(([name]) => CHANGES.includes(name)).pop();
}
