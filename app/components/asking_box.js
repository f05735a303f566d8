// A box for a question. What is typed is completed with names, which fill the box, and with questions, which are sent.
const MOST_NAMES = 5, MOST_QUESTIONS = 6;
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9&/ ]+/g, " ").replace(/\s+/g, " ");

// How many letters at the end of what is typed begin a name, or a word of it; 0 for none.
const endsIn = (typed, name) => {
  const starts = [...typed.matchAll(/(?:^|\s)(?=\S)/g)].map((found) => found.index + found[0].length);
  for (const start of starts.slice(-5)) {
    const tail = plain(typed.slice(start)).trimEnd();
    if (tail.length > 1 && (name.startsWith(tail) || (tail.length > 2 && name.includes(` ${tail}`)))) return typed.length - start;
  }
  return 0;
};

const offersFor = (typed, data) => {
  if (typed.trim().length < 2) return [];
  const names = [];
  const tailOf = (length) => plain(typed.slice(-length)).trim();
  // a name that is whole is not made part of a longer one: a place not of a body that ends with its name
  const isWhole = data.names.some(([name]) => { const length = endsIn(typed, plain(name)); return length && tailOf(length) === plain(name).trim(); });
  for (const [name, kind] of data.names) {
    const length = endsIn(typed, plain(name));
    const first = length > 0 && plain(name).startsWith(tailOf(length));
    if (length && (first || !isWhole) && tailOf(length) !== plain(name).trim()) names.push({ name, kind, length, first });
    if (names.length > 40) break;
  }
  names.sort((one, other) => other.length - one.length || other.first - one.first);
  const words = plain(typed).trim().split(" ");
  const holds = (question) => { const text = ` ${plain(question)}`; return words.every((word) => text.includes(` ${word}`)); };
  const questions = data.questions.filter((question) => holds(question) && question !== typed).slice(0, MOST_QUESTIONS);
  return [...names.slice(0, MOST_NAMES), ...questions.map((question) => ({ question }))];
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const form = parentElement.querySelector("form");
  if (!form || !data) return;
  const input = form.querySelector("input"), list = form.querySelector("ul"), said = form.querySelector("[role=status]");
  input.placeholder = data.placeholder;
  input.maxLength = data.longest;
  if (form.dataset.now !== data.now) { input.value = data.now; form.dataset.now = data.now; }
  let offers = [], active = -1;

  const close = () => { offers = []; active = -1; list.hidden = true; list.replaceChildren(); input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const send = (text) => { close(); const words = text.trim(); if (words) { input.value = words; setTriggerValue("sent", words); } };
  const take = (offer) => {
    if (offer.question) { send(offer.question); return; }
    input.value = `${input.value.slice(0, input.value.length - offer.length)}${offer.name} `;
    input.focus();
    show();
  };
  const mark = (place) => {
    active = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else { input.setAttribute("aria-activedescendant", `wf-offer-${active}`); list.children[active].scrollIntoView({ block: "nearest" }); }
  };
  const item = (offer, number) => {
    const row = document.createElement("li");
    row.id = `wf-offer-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const words = document.createElement("span");
    words.textContent = offer.question || offer.name;
    row.append(words);
    const kind = document.createElement("span");
    kind.className = "wf-offer-kind";
    kind.textContent = offer.question ? "question" : offer.kind;
    row.append(kind);
    row.onpointerdown = (event) => event.preventDefault();  // the box keeps the focus
    row.onclick = () => take(offer);
    return row;
  };
  const show = () => {
    offers = offersFor(input.value, data);
    list.replaceChildren(...offers.map(item));
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(Boolean(offers.length)));
    said.textContent = offers.length ? `${offers.length} offered; arrow down to choose` : "";
    mark(-1);
  };
  input.oninput = show;
  input.onblur = close;
  input.onkeydown = (event) => {
    if (event.key === "Escape") close();
    if (!offers.length || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    if (event.key === "Enter") { if (active >= 0) { event.preventDefault(); take(offers[active]); } return; }
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark((active + step + offers.length + 1) % (offers.length + 1) === offers.length ? -1 : (active + step + offers.length + 1) % (offers.length + 1));
  };
  form.onsubmit = (event) => { event.preventDefault(); send(input.value); };
}
