/**
 * The only script of the report: filter, open and close findings. It reads text and sets attributes, never markup, and
 * the page is complete without it.
 */
export const PAGE_SCRIPT = `
(() => {
  const bar = document.getElementById('filter');
  const findings = Array.from(document.querySelectorAll('details.finding'));
  const search = document.getElementById('search');
  const shown = document.getElementById('shown');
  const boxes = Array.from(document.querySelectorAll('#filter input[type=checkbox]'));
  if (!bar || !search || !shown) return;
  bar.hidden = false;
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const apply = () => {
    const wanted = search.value.trim().toLowerCase();
    const allowed = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const finding of findings) {
      const match = allowed.has(finding.dataset.severity) && (wanted === '' || textOf(finding).includes(wanted));
      finding.hidden = !match;
      if (match) count += 1;
    }
    shown.textContent = count === findings.length ? '' : count + ' of ' + findings.length + ' shown';
  };
  const setAll = (open) => {
    for (const finding of findings) if (!finding.hidden) finding.open = open;
  };
  search.addEventListener('input', apply);
  for (const box of boxes) box.addEventListener('change', apply);
  document.getElementById('expand').addEventListener('click', () => setAll(true));
  document.getElementById('collapse').addEventListener('click', () => setAll(false));
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = Array.from(document.querySelectorAll('details:not([open])'));
    for (const element of closed) element.open = true;
  });
  addEventListener('afterprint', () => {
    for (const element of closed) element.open = false;
  });
})();
`;
