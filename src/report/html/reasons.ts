/** What each indicator added to the risk of a finding, largest first. */
import type { Finding, IndicatorResult } from '../../ground/finding.js';
import { formatPoints } from '../../ground/units.js';
import { indicatorValue } from '../words.js';
import { html, type Markup } from './markup.js';

/** The indicators as bars on one scale, each with its sentence and the values behind it. */
export function reasons(finding: Finding): Markup {
  const ranked = [...finding.indicators].sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
  if (ranked.length === 0) return html`<p class="quiet">No indicator is attached.</p>`;
  const top = Math.max(1, ...ranked.map((indicator) => Math.abs(indicator.points)));
  return html`<ol class="reasons">
    ${ranked.map((indicator) => reason(indicator, top))}
  </ol>`;
}

function reason(indicator: IndicatorResult, top: number): Markup {
  const share = Math.round((Math.abs(indicator.points) / top) * 1000) / 10;
  const values = [
    ['observed', indicator.observed],
    ['expected', indicator.expected],
    ['threshold', indicator.threshold],
  ] as const;
  return html`<li>
    <div class="reason-head">
      <strong class="points">${formatPoints(indicator.points)}</strong>
      <svg class="bar ${indicator.points < 0 ? 'minus' : 'plus'}" aria-hidden="true" height="8">
        <rect width="${share}%" height="8" rx="2" />
      </svg>
      <span class="reason-id"
        ><code>${indicator.id}</code> <span class="quiet">${indicator.group}</span></span
      >
    </div>
    <p class="reason-text">${indicator.text}</p>
    <p class="reason-values">
      ${values
        .filter(([, value]) => value !== null)
        .map(([name, value]) => html`<span>${name} <b>${indicatorValue(indicator.id, value)}</b></span> `)}
    </p>
  </li>`;
}
