/** The head of the report: what was read, over which time, and how many findings of which severity came out. */
import type { DetectResult } from '../../ground/finding.js';
import { formatCount, formatDuration, formatPlural, formatTime } from '../../ground/units.js';
import { rejectReasons, sightOf } from '../sight.js';
import { analyticsOf, cutText, isLive, WORST_FIRST } from '../words.js';
import { html, type Markup } from './markup.js';

const SKIPPED_SHOWN = 20;

/** Title, what could be judged, counts and input accounting. */
export function runSection(result: DetectResult): Markup {
  const sight = sightOf(result);
  return html`<header class="top">
      <div>
        <h1>Outflow report</h1>
        <p class="quiet">Data leaving Macs, by process. ${analyticsText(result)}</p>
      </div>
      <p class="window">${windowText(result)}${cutNote(result)}</p>
    </header>
    <section class="verdict ${sight.kind}" ${sight.kind === 'blind' ? html`role="alert"` : null}>
      <p><strong>${sight.headline}</strong></p>
      ${sight.reasons.map((reason) => html`<p>${reason}</p>`)}
    </section>
    <section aria-label="Findings by severity">
      <ul class="counts">
        ${counts(result).map(
          ([label, count]) =>
            html`<li class="${label} ${count === 0 ? 'none' : 'some'}">
              <b>${formatCount(count)}</b> <span>${label}</span>
            </li>`,
        )}
      </ul>
    </section>
    ${accounting(result)}`;
}

function analyticsText({ findings }: DetectResult): Markup {
  const [first = '', ...others] = analyticsOf(findings);
  return others.length === 0
    ? html`ATT&amp;CK analytic <code>${first}</code>.`
    : html`ATT&amp;CK analytics <code>${first}</code>${others.map((one) => html`, <code>${one}</code>`)}.`;
}

/** Number of findings by severity from the worst, then the approved and the closed ones. */
export function counts(result: DetectResult): [string, number][] {
  const live = result.findings.filter(isLive);
  const closed = result.findings.filter(({ state }) => state === 'closed').length;
  return [
    ...WORST_FIRST.map((severity): [string, number] => [
      severity,
      live.filter((finding) => finding.severity === severity).length,
    ]),
    ['approved', result.findings.length - live.length - closed],
    ...(closed > 0 ? [['closed', closed] as [string, number]] : []),
  ];
}

function cutNote({ run }: DetectResult): string {
  const cut = cutText(run);
  return cut === '' ? '' : `; ${cut}`;
}

/** The events judged, first to last, in words. */
export function windowText({ run: { window } }: DetectResult): string {
  const start = formatTime(window.start);
  const end = formatTime(window.end);
  if (start === null || end === null || window.start === null || window.end === null)
    return 'No event had a time';
  return `${start} to ${end} UTC (${formatDuration((Date.parse(window.end) - Date.parse(window.start)) / 1000)})`;
}

function accounting(result: DetectResult): Markup {
  const { input, run } = result;
  const affected = new Set(result.findings.filter(isLive).map((finding) => finding.host.id)).size;
  const numbers: [string, string][] = [
    ['files', formatCount(input.files)],
    ['lines', formatCount(input.lines)],
    ['accepted', formatCount(input.accepted)],
    ['rejected', formatCount(input.rejected)],
    ['hosts', formatCount(input.hosts)],
    ['processes', formatCount(input.processes)],
    ['flows', formatCount(input.flows)],
    ['hosts with findings', formatCount(affected)],
  ];
  const reasons = rejectReasons(input.rejects);
  return html`<section class="input">
    <h2>What was read</h2>
    <dl class="numbers">
      ${numbers.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${reasons.length > 0 ? html`<p class="rejects">Rejected lines by reason: ${reasons.join(', ')}.</p>` : null}
    <details class="fold">
      <summary>By source, files not read, and this run</summary>
      ${sources(result)} ${skipped(result)}
      <dl class="pairs">
        <div>
          <dt>Started</dt>
          <dd>${formatTime(run.started) ?? 'unknown'} UTC</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd><code>${run.version}</code></dd>
        </div>
        <div>
          <dt>Baseline</dt>
          <dd><code>${run.baseline}</code></dd>
        </div>
        <div>
          <dt>Configuration</dt>
          <dd><code>${run.config}</code></dd>
        </div>
        <div>
          <dt>Schema</dt>
          <dd><code>${result.schema}</code></dd>
        </div>
      </dl>
    </details>
  </section>`;
}

function sources({ input }: DetectResult): Markup {
  const rows = Object.entries(input.by_source).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return html`<p class="quiet">No source was read.</p>`;
  const columns = ['files', 'lines', 'accepted', 'rejected', 'processes', 'flows'] as const;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Input by source">
    <table>
      <thead>
        <tr>
          <th scope="col">Source</th>
          ${columns.map((column) => html`<th scope="col" class="number">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, row]) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${columns.map((column) => html`<td class="number">${formatCount(row[column])}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function skipped({ input }: DetectResult): Markup | null {
  if (input.skipped_files.length === 0) return null;
  const rest = input.skipped_files.length - SKIPPED_SHOWN;
  return html`<h3>${formatPlural(input.skipped_files.length, 'file')} not read</h3>
    <ul>
      ${input.skipped_files.slice(0, SKIPPED_SHOWN).map(({ file, reason }) => html`<li><code>${file}</code>: ${reason}</li>`)}
    </ul>
    ${rest > 0 ? html`<p class="quiet">+${formatCount(rest)} more in the JSON output.</p>` : null}`;
}
