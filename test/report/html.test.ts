import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DetectResult } from '../../src/ground/finding.js';
import { renderHtml } from '../../src/report/html.js';
import { anyResult } from './arbitrary.js';
import { blindResult, emptyResult, finding, flow, HOSTILE, iso, quietResult, richResult } from './fixture.js';

const ELEMENTS = new Set(
  (
    'html head meta title style body main header footer section div p span strong b small code h1 h2 h3 h4 ul ol li ' +
    'dl dt dd details summary table thead tbody tr th td svg rect g line input label button script'
  ).split(' '),
);

const page = (part: Partial<DetectResult>): string => renderHtml({ ...quietResult, ...part });

function elementText(text: string, name: string): string {
  return new RegExp(`<${name}>([^]*?)</${name}>`).exec(text)?.[1] ?? '';
}

/** Page without its own style sheet and script: what is left is markup around data. */
function markupOf(text: string): string {
  return text.replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*?<\/script>/, '');
}

const TAG = /^<\/?([a-z0-9]+)((?:\s+[a-zA-Z0-9-]+(?:="[^"<]*")?)*)\s*\/?>$/;

/** Every tag has a known name and only quoted attributes of our own; returns what is outside of tags. */
function checkTags(markup: string): string {
  const body = markup.replace(/^<!doctype html>/, '');
  const foreign = (body.match(/<[^>]*>/g) ?? []).filter((tag) => {
    const [, name = '', attributes = ''] = TAG.exec(tag) ?? [];
    // Outside of its quotes an attribute name must not be a handler, a style, or load anything.
    return !ELEMENTS.has(name) || /\b(on\w+|style|src|href|action)=/.test(attributes.replace(/"[^"]*"/g, ''));
  });
  expect(foreign).toEqual([]);
  return body.replace(/<[^>]*>/g, '');
}

describe('renderHtml', () => {
  it('escapes everything, whatever the text', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const text = renderHtml(result);
        const outside = checkTags(markupOf(text));
        expect(outside).not.toMatch(/[<>]/);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 40 },
    );
  });

  it('shows hostile text as text', () => {
    const text = renderHtml(richResult);
    checkTags(markupOf(text));
    expect(text).toContain(
      '\\x1b[31mred\\x1b[0m &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; \\u{202e}gnp.exe',
    );
    expect(text).toContain('&quot;&gt;&lt;svg onload=alert(1)&gt;');
    expect(text.match(/<script>/g)).toHaveLength(1);
  });

  it('allows its own style and script by hash and nothing else', () => {
    const text = renderHtml(richResult);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1];
    const hash = (name: string): string =>
      `'sha256-${createHash('sha256').update(elementText(text, name)).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(elementText(text, 'style')).not.toMatch(/url\(|@import/);
    expect(elementText(text, 'script')).not.toMatch(
      /innerHTML|insertAdjacent|document\.write|eval|fetch|XMLHttp/,
    );
    expect(renderHtml(richResult)).toBe(text);
  });

  it('holds what a triage asks for', () => {
    const text = renderHtml(richResult);
    for (const fact of [
      'Signing',
      'Process path',
      'Parent',
      'Destination',
      'Longest connection',
      'Bytes out',
    ]) {
      expect(text).toContain(`<dt>${fact}</dt>`);
    }
    for (const known of [
      '58.3 GB',
      '2 d 04 h',
      'observed <b>19.4 GB</b>',
      'threshold <b>8 h 00 min</b>',
      'expected 4.1 GB a day',
      'class="expected-line"',
      'T1567.002',
      'MBP-7F2A.eslogger.jsonl',
      '36 of 612 flows, those that carried most,',
      '1 of 60',
      'Known limits',
    ]) {
      expect(text).toContain(known);
    }
    // Ancestry reads from the first ancestor down to the process itself.
    expect(text).toMatch(
      /<code>\/sbin\/launchd<\/code>[^]*<code>\/usr\/bin\/osascript<\/code>[^]*<code>\/bin\/zsh<\/code>[^]*class="self"/,
    );
  });

  it('opens the first pressing finding and no other', () => {
    expect(renderHtml(richResult).match(/<details\s+class="finding[^>]*\sopen/g)).toHaveLength(1);
    expect(page({ findings: [finding({ severity: 'low' })] })).not.toMatch(/class="finding[^>]*\sopen/);
  });

  it('draws one bar per flow, with an open end and a shade by bytes', () => {
    const flows = [
      flow({ bytes_out: 5_000_000 }),
      flow({ bytes_out: 10, start: iso(2, 1), end: iso(2, 2) }),
      flow({ bytes_out: null, open: true, start: iso(3, 1), end: iso(3, 2) }),
    ];
    const svg = /<svg\s+role="img"\s+aria-label="drop.example.net:443 tcp: 3 flows[^]*?<\/svg>/.exec(
      page({ findings: [finding({ flows })] }),
    )?.[0];
    expect(svg?.match(/<title>/g)).toHaveLength(3);
    expect(svg).toMatch(/class="s5"/);
    expect(svg).toMatch(/class="s1"/);
    expect(svg?.match(/class="sn"/g)).toHaveLength(4);
    expect(svg).toContain('2026-03-04 01:00 to still open, bytes not reported');
  });

  it('folds many destinations of a timeline into one track', () => {
    const flows = Array.from({ length: 40 }, (_, index) => flow({ destination: `d${index}.example.net` }));
    const text = page({ findings: [finding({ flows })] });
    expect(text.match(/class="track"/g)).toHaveLength(8);
    expect(text).toContain('33 other destinations');
  });

  it('says loudly that nothing could be judged', () => {
    for (const result of [blindResult, emptyResult]) {
      const text = renderHtml(result);
      expect(text).toContain(`class="verdict blind" role="alert"`);
      expect(text).toContain('Nothing could be judged');
    }
    expect(page({})).not.toContain('role="alert"');
    expect(page({})).toContain('No findings: 88,112 flows of 60 hosts judged.');
  });

  it('survives findings with hardly a fact', () => {
    const bare = finding({
      title: HOSTILE,
      destinations: [],
      indicators: [],
      days: [],
      flows: [flow({ start: '', end: '' })],
      first_seen: '',
      last_seen: '',
    });
    const text = page({ findings: [bare] });
    checkTags(markupOf(text));
    for (const gap of [
      'No flow with a known time',
      'No indicator',
      'No bytes per day',
      'No connection was seen',
    ]) {
      expect(text).toContain(gap);
    }
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });
});
