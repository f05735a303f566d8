// What stands beside the picture: the list of its marks, or the card of the mark or line that is open. Every word is
// set as text. The list is also how a keyboard reaches the marks, which a canvas does not let it do.
const LISTED = 60;
const LINES = 8;

function make(tag, className, parent, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

function button(parent, words, act, className) {
  const made = make("button", className || "", parent, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function link(parent, href, words) {
  const anchor = make("a", "wf-link", make("p", "", parent), words);
  anchor.href = href;
}

function showList(net) {
  net.open = null;
  net.panel.replaceChildren();
  make("h3", "", net.panel, "In this picture");
  const box = make("input", "wf-net-search", net.panel);
  box.type = "search";
  box.placeholder = "Find in the picture";
  box.setAttribute("aria-label", "Find in the picture");
  box.value = net.sought;
  const list = make("ul", "wf-net-list", net.panel);
  const more = make("p", "wf-net-note", net.panel);
  more.setAttribute("role", "status");
  const fill = () => {
    net.sought = box.value;
    const words = box.value.trim().toLowerCase();
    const found = net.data.nodes.filter((node) => net.nodes.get(node.id) && node.name.toLowerCase().includes(words));
    list.replaceChildren();
    found.slice(0, LISTED).forEach((node) => item(net, list, node));
    const left = found.length - LISTED;
    more.textContent = !found.length ? "Nothing in the picture is called that." : left > 0 ? `${left.toLocaleString("en-GB")} more: type part of a name to find them.` : "";
  };
  box.addEventListener("input", fill);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const words = box.value.trim().toLowerCase();
    const found = words && net.data.nodes.find((node) => node.name.toLowerCase().includes(words));
    if (found) { bringNear(net, found.id); openNode(net, found.id, true); }
  });
  fill();
}

function item(net, list, node) {
  const made = button(make("li", "", list), "", () => { bringNear(net, node.id); openNode(net, node.id, true); });
  made.dataset.id = node.id;
  mark(net, made, node);
  make("span", "wf-net-name", made, node.name);
  if (node.money.length) make("span", "wf-net-note", made, node.money.join(", "));
}

function mark(net, parent, node) {
  const kind = net.data.kinds[node.kind];
  const key = make("span", "wf-net-key", parent);
  key.style.background = kind.colour;
  key.style.clipPath = kind.clip;
  key.setAttribute("role", "img");
  key.setAttribute("aria-label", kind.name);
}

function beginCard(net, open, heading, takeFocus) {
  net.open = open;
  net.panel.replaceChildren();
  button(net.panel, "← All in this picture", () => closeCard(net), "wf-net-back");
  const title = make("h3", "", net.panel, heading);
  title.tabIndex = -1;
  if (takeFocus) title.focus();
}

function openNode(net, id, takeFocus = false) {
  const node = net.byId.get(id);
  if (!node) return;
  focusOn(net, id, null);
  beginCard(net, { node: id }, node.name, takeFocus);
  const kind = net.data.kinds[node.kind];
  make("p", "wf-net-note", net.panel, node.verified ? kind.name : `${kind.name}, a new name that nobody has checked yet`);
  if (node.money.length) make("p", "wf-net-sum", net.panel, `${node.money.join(", ")}, along the lines shown`);
  nodeButtons(net, node);
  const own = net.data.edges.filter((edge) => edge.from === id || edge.to === id).sort((a, b) => b.width - a.width);
  const list = make("ul", "wf-net-lines", net.panel);
  own.slice(0, LINES).forEach((edge) => lineItem(net, list, edge, id));
  if (own.length > LINES) {
    const all = button(net.panel, `Show all ${own.length.toLocaleString("en-GB")} lines`, () => {
      own.slice(LINES).forEach((edge) => lineItem(net, list, edge, id));
      all.remove();
    });
  }
}

function nodeButtons(net, node) {
  const row = make("div", "wf-net-buttons", net.panel);
  const { expanded, pinned, centre, across } = net.data;
  const toggle = (name, words, back, isOn) => button(row, isOn ? back : words, () => {
    net.steps.push({ name, key: node.id, added: !isOn });
    (isOn ? takeFromAddress : addToAddress)(name, node.id);
  });
  if (node.id !== centre && !across) {
    toggle("with", "Show its connections", "Take its connections away", expanded.includes(node.id));
    toggle("pin", "Pin", "Unpin", pinned.includes(node.id));
    button(row, "Hide", () => {
      net.steps.push({ name: "hide", key: node.id, added: true });
      net.nodes.remove(node.id);
      closeCard(net);
      addToAddress("hide", node.id);
    });
  }
  if (node.explorable && (node.id !== centre || across)) button(row, "Only this one", () => onlyThis(node.id));
  link(net.panel, node.href, "Open its page");
}

function lineItem(net, list, edge, id) {
  const made = button(make("li", "", list), "", () => openLine(net, edge.id, true));
  const other = net.byId.get(edge.from === id ? edge.to : edge.from);
  const isFirst = edge.from === id;
  const said = edge.roles.map((role) => role.back === isFirst ? `${other.name} ${role.verb} it` : `${role.verb} ${other.name}`);
  make("span", "wf-net-name", made, said.join("; "));
  edge.roles.filter((role) => role.sums.length).forEach((role) => make("span", "wf-net-note", made, role.sums[0]));
}

function openLine(net, id, takeFocus = false) {
  const edge = net.edgeById.get(id);
  if (!edge) return;
  focusOn(net, "", id);
  const names = [net.byId.get(edge.from).name, net.byId.get(edge.to).name];
  const said = edge.roles.map((role) => (role.back ? `${names[1]} ${role.verb} ${names[0]}` : `${names[0]} ${role.verb} ${names[1]}`));
  const isOne = said.length === 1;
  beginCard(net, { line: id }, isOne ? said[0] : `${names[0]} and ${names[1]}`, takeFocus);
  edge.roles.forEach((role, place) => {
    if (!isOne) make("h4", "", net.panel, said[place]);
    role.sums.forEach((sum, number) => make("p", number ? "wf-net-note" : "wf-net-sum", net.panel, sum));
    if (role.scope) make("p", "wf-net-note", net.panel, `${role.scope}${net.data.filters ? `, filtered by ${net.data.filters}` : ""}.`);
  });
  make("h4", "", net.panel, "The words that say so");
  net.words = make("div", "wf-net-words", net.panel);
  net.words.setAttribute("aria-live", "polite");
  make("p", "wf-net-note", net.words, "Reading…");
  net.ask("line", id);
}

function showWords(net, words) {
  if (!net.open || net.open.line !== words.line || !net.words) return;
  net.words.replaceChildren();
  words.said.forEach((said) => {
    if (said.heading) make("p", "wf-net-said", net.words, said.heading);
    make("blockquote", "", net.words, `“${said.words}”`);
    link(net.words, said.href, `${said.source}${said.place ? `, ${said.place}` : ""}`);
  });
  if (words.more) make("p", "wf-net-note", net.words, `And ${words.more.toLocaleString("en-GB")} more in the decisions.`);
}

function closeCard(net) {
  const was = net.open;
  focusOn(net, "", null);
  showList(net);
  if (!was) return;
  const back = was.node && [...net.panel.querySelectorAll("[data-id]")].find((each) => each.dataset.id === was.node);
  (back || net.panel.querySelector("input")).focus({ preventScroll: true });
}
