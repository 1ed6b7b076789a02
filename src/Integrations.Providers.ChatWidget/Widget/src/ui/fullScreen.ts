/** A panel that covers a small screen: follows the part that the on-screen keyboard leaves, and keeps the page behind still. */
export function createFullScreen(root: HTMLElement, signal: AbortSignal) {
  const page = document.documentElement.style;
  const viewport = window.visualViewport!;
  let covering = false;
  let pageOverflow = '';

  function follow(): void {
    root.style.setProperty('--height', `${viewport.height}px`);
    root.style.setProperty('--top', `${viewport.offsetTop}px`);
  }

  for (const event of ['resize', 'scroll']) viewport.addEventListener(event, follow, { signal });
  follow();

  return (on: boolean): void => {
    if (on === covering) return;
    covering = on;
    if (on) pageOverflow = page.overflow;
    page.overflow = on ? 'hidden' : pageOverflow;
  };
}
