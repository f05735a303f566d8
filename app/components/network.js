// Draws the network with vis-network (above) from positions that were computed beforehand. Every word is set as text.
export default function (component) {
  const { data, parentElement } = component;
  if (!data) return;
  const root = document.createElement("div");
  root.className = "wf-net";
  root.style.height = `${data.height}px`;
  const canvas = make("div", "wf-net-canvas", root);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${data.summary} The same stands as a table below.`);
  const card = make("div", "wf-net-card", root);
  card.hidden = true;
  card.setAttribute("aria-live", "polite");
  parentElement.querySelector(".wf-net")?.remove();
  parentElement.append(root);

  const style = getComputedStyle(parentElement.host || parentElement);
  const ink = style.getPropertyValue("--st-text-color").trim() || style.color || "#0b0c0c";
  const paper = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const width = parentElement.getBoundingClientRect?.().width || root.clientWidth || 900;
  // a unit of drawing is a pixel where there is room for every name, and less where there is not
  const spread = Math.max(1, Math.sqrt((data.nodes.length * 12000) / (width * data.height)));
  const many = spread > 1.3;
  const leading = new Set([...data.nodes].sort((a, b) => b.size - a.size).slice(0, 25).map((node) => node.id));
  const across = Math.max(80, width / 2 - 70) * spread;
  const down = (data.height / 2 - 55) * spread;
  const font = { color: ink, face: "Arial", strokeWidth: 4, strokeColor: paper };
  const nodes = new vis.DataSet(data.nodes.map((node) => ({
    id: node.id, label: many && !leading.has(node.id) ? " " : node.label, shape: node.shape, size: node.size * Math.min(spread, 2), x: node.x * across, y: node.y * down,
    color: { background: node.color, border: ink, highlight: { background: node.color, border: "#ffdd00" } },
    font: { ...font, size: leading.has(node.id) ? 13 * Math.min(spread, 2.2) : 13 },
  })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({
    id: edge.id, from: edge.from, to: edge.to, width: edge.width, dashes: edge.dashes,
    label: many ? undefined : edge.label.trim() || undefined,
    arrows: { to: { enabled: true, scaleFactor: 0.5 } },
  })));
  const network = new vis.Network(canvas, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { borderWidth: 1, borderWidthSelected: 4 },
    edges: {
      color: { color: ink, opacity: 0.35, highlight: "#1d70b8", hover: "#1d70b8" }, font: { ...font, size: 12 },
      smooth: data.edges.length < 300 ? { type: "continuous", roundness: 0.2 } : false, selectionWidth: 2,
    },
    interaction: { hover: data.nodes.length < 300, keyboard: { enabled: true, bindToWindow: false }, hideEdgesOnDrag: many },
  });
  canvas.querySelector("div")?.setAttribute("tabindex", "0");
  network.once("afterDrawing", () => { root.dataset.drawn = "yes"; });
  network.fit({ animation: false });

  if (many) {
    // names of the small ones come up as the reader goes closer
    let close = false;
    network.on("zoom", () => {
      const now = network.getScale() > 0.75;
      if (now === close) return;
      close = now;
      nodes.update(data.nodes.filter((node) => !leading.has(node.id) && nodes.get(node.id))
        .map((node) => ({ id: node.id, label: close ? node.label : " " })));
    });
  }
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
  network.on("click", (event) => {
    if (event.nodes.length) showNode(byId.get(event.nodes[0]));
    else if (event.edges.length) showEdge(edgeById.get(event.edges[0]));
    else card.hidden = true;
  });
  network.on("doubleClick", (event) => {
    const node = event.nodes.length && byId.get(event.nodes[0]);
    if (!node || !node.explore) return;
    const anchor = make("a", "wf-link", root);
    anchor.href = node.explore;
    anchor.click();
    anchor.remove();
  });

  const tools = make("div", "wf-net-tools", root);
  tool("+", "Closer", () => zoom(1.3));
  tool("−", "Further away", () => zoom(1 / 1.3));
  tool("Fit", "Show everything", () => network.fit({ animation: false }));
  tool("Undo", "Bring back what was hidden or moved", undo);
  tool("Save picture", "Save as PNG", savePicture);
  searchBox();
  const steps = [];
  let held = [];
  network.on("dragStart", (event) => { held = event.nodes.map((id) => ({ id, ...network.getPosition(id) })); });
  network.on("dragEnd", () => { const before = held; if (before.length) steps.push(() => nodes.update(before)); held = []; });
  return () => network.destroy();

  function undo() {
    const back = steps.pop();
    if (back) back();
  }

  function searchBox() {
    const box = make("input", "wf-net-search", tools);
    box.type = "search";
    box.placeholder = "Find in the picture";
    box.setAttribute("aria-label", "Find in the picture");
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const words = box.value.trim().toLowerCase();
      const found = words && data.nodes.find((node) => node.name.toLowerCase().includes(words) && nodes.get(node.id));
      if (!found) {
        begin(words ? "Nothing in the picture is called that" : "Write a name, then press Enter", "");
        return;
      }
      network.selectNodes([found.id]);
      network.focus(found.id, { scale: Math.max(network.getScale(), 0.9), animation: false });
      network.body.emitter.emit("zoom", {});
      showNode(found);
    });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor });
    network.body.emitter.emit("zoom", {});
  }

  function showNode(node) {
    begin(node.name, node.kind);
    if (node.lines.length) {
      const list = make("ul", "", card);
      node.lines.forEach((line) => { make("li", "", list).textContent = line; });
    }
    link(node.href, "Open its page");
    link(node.explore, "Explore from here");
    button("Hide", () => {
      const gone = nodes.get(node.id);
      nodes.remove(node.id);
      steps.push(() => nodes.add(gone));
      card.hidden = true;
    });
  }

  function showEdge(edge) {
    begin("Tie", "");
    make("p", "", card).textContent = edge.words;
    link(edge.href, "Read the words that say so");
  }

  function begin(name, kind) {
    card.replaceChildren();
    card.hidden = false;
    make("h3", "", card).textContent = name;
    if (kind) make("p", "", card).textContent = kind;
  }

  function link(href, words) {
    if (!href) return;
    const anchor = make("a", "wf-link", make("p", "", card));
    anchor.href = href;
    anchor.textContent = words;
  }

  function button(words, act) {
    const made = make("button", "", card);
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
  }

  function tool(words, title, act) {
    const made = make("button", "", tools);
    made.type = "button";
    made.textContent = words;
    made.title = title;
    made.setAttribute("aria-label", /\w/.test(words) ? `${words}: ${title.toLowerCase()}` : title);
    made.addEventListener("click", act);
  }

  function savePicture() {
    const drawn = canvas.querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height;
    const pen = copy.getContext("2d");
    pen.fillStyle = paper;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(drawn, 0, 0);
    const anchor = document.createElement("a");
    anchor.href = copy.toDataURL("image/png");
    anchor.download = "network.png";
    anchor.click();
  }

  function make(tag, className, parent) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    parent.append(made);
    return made;
  }
}
