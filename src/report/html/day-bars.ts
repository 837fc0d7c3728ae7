/** Bytes out per day beside what is normal for the actor. */
import type { Finding } from '../../ground/finding.js';
import { formatBytes, formatCount, formatPlural } from '../../ground/units.js';
import { html, type Markup } from './markup.js';

const HEIGHT = 96;
const SLOT = 24;
const BAR = 16;
/** One lonely day should not fill the whole width. */
const FEWEST_SLOTS = 8;

/** Bars per day with a line at the expected bytes of a day. */
export function dayBars(finding: Finding): Markup {
  const { days, baseline } = finding;
  if (days.length === 0) return html`<p class="quiet">No bytes per day are known.</p>`;
  const expected = baseline.expected_bytes_out_day;
  const top = Math.max(1, expected ?? 0, ...days.map((day) => day.bytes_out));
  const width = Math.max(FEWEST_SLOTS, days.length) * SLOT;
  const heightOf = (bytes: number): number => Math.round((bytes / top) * (HEIGHT - 4) * 10) / 10;
  const line = HEIGHT - heightOf(expected ?? 0);
  const first = days[0]?.day ?? '';
  const last = days.at(-1)?.day ?? '';
  const largest = Math.max(...days.map((day) => day.bytes_out));
  return html`<div class="days">
    <div class="days-top">
      <span>largest day <strong>${formatBytes(largest)}</strong></span>
      <span class="expected">${expectedText(finding)}</span>
    </div>
    <svg
      role="img"
      aria-label="Bytes out per day, ${first} to ${last}: largest ${formatBytes(largest)}, ${expectedText(finding)}"
      viewBox="0 0 ${width} ${HEIGHT}"
      height="${HEIGHT}"
      preserveAspectRatio="none"
    >
      ${days.map((day, index) => {
        const height = day.bytes_out > 0 ? Math.max(1, heightOf(day.bytes_out)) : 0;
        const over = day.bytes_out > (expected ?? 0) ? 'over' : 'under';
        return html`<g class="${over}"
          ><title>${day.day}: ${formatBytes(day.bytes_out)} out, ${formatBytes(day.bytes_in)} in</title
          ><rect
            x="${index * SLOT + (SLOT - BAR) / 2}"
            y="${HEIGHT - height}"
            width="${BAR}"
            height="${height}"
        /></g>`;
      })}
      <line class="floor" x1="0" x2="${width}" y1="${HEIGHT}" y2="${HEIGHT}" />
      ${expected === null ? null : html`<line class="expected-line" x1="0" x2="${width}" y1="${line}" y2="${line}" />`}
    </svg>
    <div class="axis" aria-hidden="true">
      <span>${first}</span>${days.length > 1 ? html`<span>${last}</span>` : null}
    </div>
    <p class="legend">${fleetText(finding)}</p>
  </div>`;
}

function fleetText({ baseline: { other_hosts: others, fleet_hosts: fleet } }: Finding): string {
  if (fleet <= 1) return 'No other host to compare with.';
  if (others === 0) return `No other host of ${formatCount(fleet)} in the fleet runs this program.`;
  return `${formatPlural(others, 'other host')} of ${formatCount(fleet)} in the fleet ${others === 1 ? 'runs' : 'run'} this program.`;
}

function expectedText({ baseline }: Finding): string {
  return baseline.expected_bytes_out_day === null
    ? 'no expectation: this program is not known here'
    : `expected ${formatBytes(baseline.expected_bytes_out_day)} a day`;
}
