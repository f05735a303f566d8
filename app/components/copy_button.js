// A button that copies a text, plain and as HTML for word processors, and says that it did.
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  if (!button || !data) return;
  button.textContent = data.label;
  const written = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", data.plain);
    event.clipboardData.setData("text/html", data.rich);
  };
  // works without https too, where the clipboard of navigator is not there
  const byEvent = () => {
    document.addEventListener("copy", written, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", written);
    return done;
  };
  const byClipboard = async () => {
    const parts = ["plain", "rich"].map((form) => [form === "rich" ? "text/html" : "text/plain", data[form]]);
    const blobs = Object.fromEntries(parts.map(([type, text]) => [type, new Blob([text], { type })]));
    await navigator.clipboard.write([new ClipboardItem(blobs)]);
    return true;
  };
  button.onclick = async () => {
    let done = false;
    try {
      done = navigator.clipboard?.write && window.ClipboardItem ? await byClipboard() : byEvent();
    } catch {
      done = byEvent();
    }
    button.textContent = done ? "Copied" : "Could not copy";
    said.textContent = done ? "Copied. Paste it into your document." : "Open the text below and copy it by hand.";
    window.setTimeout(() => { button.textContent = data.label; said.textContent = ""; }, 4000);
  };
}
