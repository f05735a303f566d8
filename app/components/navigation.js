// Keeps the visit's session: a plain click on a link inside the app is told to Python, which switches the page.
// Without this script, or with a modifier key, the same link opens as any other.
export default function (component) {
  const { setTriggerValue } = component;
  const onClick = (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!anchor || !anchor.classList.contains("wf-link")) return;
    const url = new URL(anchor.href, document.baseURI);
    if (url.origin !== window.location.origin) return;
    event.preventDefault();
    setTriggerValue("go", url.pathname.split("/").pop() + url.search);
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
