let region: HTMLElement | undefined;

/** Says something to screen readers, politely: after what they are saying now. */
export function announce(text: string): void {
  region ??= createRegion();
  region.textContent = text;
}

function createRegion(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'screen-reader-only';
  element.setAttribute('role', 'log');
  element.setAttribute('aria-live', 'polite');
  document.body.append(element);
  return element;
}
