/** What the telemetry behind a report can show, host by host, and what no telemetry of this kind can. */
import type { DetectResult, HostCoverage } from '../../ground/finding.js';
import { groupBlindSpots } from '../blind-spots.js';
import { formatPlural } from '../../ground/units.js';
import { html, type Markup } from './markup.js';

const NAMED_HOSTS = 4;
/** A longer table stays folded until asked for. */
const OPEN_UP_TO = 12;

const CAPABILITIES = [
  ['process', 'Process'],
  ['signing', 'Signing'],
  ['bytes', 'Bytes'],
  ['duration', 'Duration'],
  ['open_connections', 'Open connections'],
] as const satisfies readonly (readonly [keyof HostCoverage, string])[];

const KNOWN_LIMITS = [
  'Only what the telemetry recorded is judged. A host that sent no events is not in this report.',
  'Processes that send for others (background transfer, cloud sync, name resolution, virtual machines) hide the one that asked, unless the telemetry names it.',
  'Uploads inside an allowed program look like that program: a personal account in an approved sync client, a browser extension, a push to a private repository.',
  'Data in DNS queries leaves through the system resolver and shows up as its traffic, not as that of the process behind it.',
  'Bytes are counted on the wire: compression, encryption and padding keep them from equalling file sizes.',
  'The report describes behaviour and context. It says neither who acted nor with what intent.',
] as const;

/** Blind spots grouped over hosts, the table per host, and the known limits. */
export function coverageSection(result: DetectResult): Markup {
  const spots = groupBlindSpots(result.coverage);
  return html`<section id="coverage">
    <h2>What this telemetry can show</h2>
    ${
      result.coverage.length === 0
        ? html`<p class="quiet">No host sent telemetry, so there is no coverage to measure.</p>`
        : html`${
              spots.length === 0
                ? html`<p>Every host reports process, signer, bytes and duration.</p>`
                : html`<ul class="spots">
                    ${spots.map(({ text, hosts }) => html`<li><b>${who(hosts, result.coverage.length)}</b> ${text}</li>`)}
                  </ul>`
            }
            <details class="fold" ${result.coverage.length <= OPEN_UP_TO ? html`open` : null}>
              <summary>Coverage of ${formatPlural(result.coverage.length, 'host')}</summary>
              ${table(result.coverage)}
            </details>`
    }
    <h2>Known limits</h2>
    <ul class="limits">
      ${KNOWN_LIMITS.map((text) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}

function who(hosts: readonly string[], all: number): string {
  if (hosts.length === all && all > 1) return `All ${formatPlural(all, 'host')}:`;
  return hosts.length > NAMED_HOSTS ? `${formatPlural(hosts.length, 'host')}:` : `${hosts.join(', ')}:`;
}

function table(coverage: readonly HostCoverage[]): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Coverage by host">
    <table>
      <thead>
        <tr>
          <th scope="col">Host</th>
          ${CAPABILITIES.map(([, label]) => html`<th scope="col" class="mark">${label}</th>`)}
          <th scope="col">Notes</th>
        </tr>
      </thead>
      <tbody>
        ${coverage.map(
          (host) =>
            html`<tr>
              <th scope="row">${host.host}</th>
              ${CAPABILITIES.map(([key]) => (host[key] ? html`<td class="mark yes">yes</td>` : html`<td class="mark no">no</td>`))}
              <td class="notes">${host.notes.join('; ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
