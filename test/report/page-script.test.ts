import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it } from 'vitest';
import { PAGE_SCRIPT } from '../../src/report/html/page-script.js';

/** As much of an element as the script of the page touches. */
class FakeElement {
  hidden = false;
  open = false;
  checked = true;
  value = '';
  textContent = '';
  dataset: Record<string, string> = {};
  readonly #handlers = new Map<string, () => void>();

  addEventListener(type: string, handler: () => void): void {
    this.#handlers.set(type, handler);
  }

  fire(type: string): void {
    this.#handlers.get(type)?.();
  }
}

function detailsOf(severity: string, text: string): FakeElement {
  return Object.assign(new FakeElement(), { dataset: { severity }, textContent: text });
}

describe('page script', () => {
  let byId: Record<string, FakeElement>;
  let boxes: FakeElement[];
  let findings: FakeElement[];
  let page: FakeElement;

  const element = (id: string): FakeElement => {
    const found = byId[id];
    if (found === undefined) throw new Error(`no element ${id}`);
    return found;
  };

  beforeEach(() => {
    byId = Object.fromEntries(
      ['filter', 'search', 'shown', 'expand', 'collapse'].map((id) => [id, new FakeElement()]),
    );
    element('filter').hidden = true;
    boxes = ['critical', 'low'].map((value) => Object.assign(new FakeElement(), { value }));
    findings = [detailsOf('critical', 'rclone on MBP-7F2A'), detailsOf('low', 'curl on MBP-01')];
    page = new FakeElement();
    runInNewContext(PAGE_SCRIPT, {
      document: {
        getElementById: (id: string) => byId[id] ?? null,
        querySelectorAll: (selector: string) =>
          selector === 'details.finding'
            ? findings
            : selector === 'details:not([open])'
              ? findings.filter((finding) => !finding.open)
              : boxes,
      },
      addEventListener: page.addEventListener.bind(page),
    });
  });

  it('shows the filter once it works', () => {
    expect(element('filter').hidden).toBe(false);
  });

  it('filters by text and severity and says how many are left', () => {
    element('search').value = ' RCLONE ';
    element('search').fire('input');
    expect(findings.map((finding) => finding.hidden)).toEqual([false, true]);
    expect(element('shown').textContent).toBe('1 of 2 shown');
    element('search').value = '';
    boxes[0]!.checked = false;
    boxes[0]!.fire('change');
    expect(findings.map((finding) => finding.hidden)).toEqual([true, false]);
  });

  it('opens and closes what is shown', () => {
    findings[1]!.hidden = true;
    element('expand').fire('click');
    expect(findings.map((finding) => finding.open)).toEqual([true, false]);
    element('collapse').fire('click');
    expect(findings.map((finding) => finding.open)).toEqual([false, false]);
  });

  it('opens everything for print and closes it again', () => {
    findings[0]!.open = true;
    page.fire('beforeprint');
    expect(findings.map((finding) => finding.open)).toEqual([true, true]);
    page.fire('afterprint');
    expect(findings.map((finding) => finding.open)).toEqual([true, false]);
  });
});
