/** The report of `outflow detect` as one self-contained page: no network, no dependency, readable without script. */
import { createHash } from 'node:crypto';
import type { DetectResult } from '../ground/finding.js';
import { coverageSection } from './html/coverage-section.js';
import { findingSection } from './html/finding-section.js';
import { html, type Markup, trusted } from './html/markup.js';
import { PAGE_SCRIPT } from './html/page-script.js';
import { pageStyle } from './html/page-style.js';
import { counts, runSection, windowText } from './html/run-section.js';

/** The whole page. Every value of the result is escaped; style and script are allowed by their hashes alone. */
export function renderHtml(result: DetectResult): string {
  const style = pageStyle();
  const policy = [
    "default-src 'none'",
    `style-src '${integrity(style)}'`,
    `script-src '${integrity(PAGE_SCRIPT)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // Style and script are put together outside the template: their hashes allow not one space more.
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${pageTitle(result)}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          ${runSection(result)} ${findingsList(result)} ${coverageSection(result)}
          <footer class="quiet">
            <p>
              Risk (0 to 100) is the sum of the points of its reasons and sets the severity. Confidence (0 to
              1) says how complete the telemetry behind a finding is; missing telemetry lowers it and never
              raises the risk. Bytes are decimal units, rates bytes per second, times UTC.
            </p>
          </footer>
        </main>
        ${trusted(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html> `;
  return page.text;
}

// Says once what the figures of every line are; each line carries the words again for narrow screens and readers.
const LIST_HEAD = html`<div class="list-head" aria-hidden="true">
  <span>severity</span><span>risk</span><span>finding</span><span>out</span><span>longest</span
  ><span>confidence</span>
</div>`;

function findingsList(result: DetectResult): Markup {
  return html`<section id="findings">
    <h2>Findings</h2>
    ${
      result.findings.length === 0
        ? html`<p class="quiet">None.</p>`
        : html`${filterBar(result)}${LIST_HEAD}${result.findings.map((finding, index) => findingSection(finding, index + 1))}`
    }
  </section>`;
}

function filterBar(result: DetectResult): Markup {
  return html`<div id="filter" class="filter" role="search" hidden>
    <input
      id="search"
      type="search"
      placeholder="Host, process, destination, technique"
      aria-label="Filter findings by text"
      autocomplete="off"
    />
    <span class="boxes">
      ${counts(result)
        .filter(([, count]) => count > 0)
        .map(
          ([label]) =>
            html`<label
              ><input type="checkbox" value="${label}" checked autocomplete="off" /> ${label}</label
            >`,
        )}
    </span>
    <span class="actions">
      <button type="button" id="expand">Expand all</button>
      <button type="button" id="collapse">Collapse all</button>
    </span>
    <span id="shown" class="quiet" aria-live="polite"></span>
  </div>`;
}

function pageTitle(result: DetectResult): string {
  const [critical, high] = counts(result).map(([, count]) => count);
  return `Outflow: ${critical ?? 0} critical, ${high ?? 0} high, ${windowText(result)}`;
}

function integrity(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
