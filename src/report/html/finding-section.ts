/** One finding of the report: a line in the ranked list that opens into everything known about it. */
import type { Finding } from '../../ground/finding.js';
import { formatBytes, formatCount, formatDuration, formatPlural, formatRate } from '../../ground/units.js';
import {
  alsoText,
  destinationText,
  hostText,
  isLive,
  isPressing,
  mainDestination,
  processText,
  seenText,
  tunableValue,
} from '../words.js';
import { SIGNER_WORDS } from '../../ground/signer-words.js';
import { dayBars } from './day-bars.js';
import { html, type Markup } from './markup.js';
import { reasons } from './reasons.js';
import { timeline } from './timeline.js';

const DESTINATIONS_SHOWN = 50;

/** The finding; the first one of a report that presses is open. */
export function findingSection(finding: Finding, rank: number): Markup {
  const label = isLive(finding) ? finding.severity : finding.state;
  const { text, more } = mainDestination(finding);
  return html`<details
    class="finding ${label}"
    id="finding-${rank}"
    data-severity="${label}"
    ${openAttribute(finding, rank)}
  >
    <summary>
      <span class="badge">${label}</span>
      <span class="risk" title="risk 0 to 100"
        ><span class="hidden-text">risk </span>${Math.round(finding.risk)}</span
      >
      <span class="headline">
        <h3>${finding.title}</h3>
        <span class="sub"
          >${hostText(finding)} · ${processText(finding)} (${SIGNER_WORDS[finding.process.signing.signer]}) ·
          ${text}${more > 0 ? ` +${more}` : ''}</span
        >
      </span>
      <span class="figure"><b>${formatBytes(finding.bytes_out)}</b><small>out</small></span>
      <span class="figure"><b>${formatDuration(finding.max_duration_s)}</b><small>longest</small></span>
      <span class="figure"><b>${finding.confidence.toFixed(2)}</b><small>confidence</small></span>
    </summary>
    <div class="body">
      <p class="lead">${finding.summary}</p>
      ${alsoSeen(finding)} ${keyFacts(finding)}
      <div class="columns">
        <section>
          <h4>Why it stands out</h4>
          ${reasons(finding)}
        </section>
        <section>
          <h4>Bytes out per day</h4>
          ${dayBars(finding)} ${rates(finding)}
        </section>
      </div>
      <section>
        <h4>Flows</h4>
        ${timeline(finding)}
      </section>
      <section>
        <h4>Process ancestry</h4>
        ${ancestry(finding)}
      </section>
      <section>
        <h4>Destinations</h4>
        ${destinations(finding)}
      </section>
      <section>
        <h4>Identity and evidence</h4>
        ${record(finding)}
      </section>
    </div>
  </details>`;
}

/** What other analytics see of the same program, where it cannot be overlooked. */
function alsoSeen({ also = [] }: Finding): Markup | null {
  return also.length === 0 ? null : html`${also.map((one) => html`<p class="quiet">${alsoText(one)}</p>`)}`;
}

function openAttribute(finding: Finding, rank: number): Markup | null {
  return rank === 1 && isPressing(finding) ? html`open` : null;
}

/** The six facts a triage starts with, on one screen. */
function keyFacts(finding: Finding): Markup {
  const { signing, executable, parent, ancestry: above } = finding.process;
  const { text, more } = mainDestination(finding);
  const [main] = finding.destinations;
  const facts: [string, Markup | string, string, wide?: 'wide'][] = [
    [
      'Signing',
      SIGNER_WORDS[signing.signer],
      signing.team_id !== null
        ? `Team ID ${signing.team_id}`
        : signing.signer === 'unknown'
          ? 'telemetry carries no signing facts'
          : 'no Team ID',
    ],
    [
      'Process path',
      executable === null ? 'unknown' : html`<code>${executable}</code>`,
      finding.user === null ? 'user unknown' : `user ${finding.user}`,
      'wide',
    ],
    [
      'Parent',
      parent.executable === null ? 'unknown' : html`<code>${parent.executable}</code>`,
      above.length > 1 ? `${formatPlural(above.length, 'ancestor')} known` : '',
    ],
    [
      'Destination',
      html`<code>${text}</code>`,
      [
        more > 0 ? formatPlural(more, 'more destination') : '',
        main === undefined ? '' : `reached by ${formatPlural(main.fleet_hosts, 'host')} of the fleet`,
      ]
        .filter((part) => part !== '')
        .join('; '),
      'wide',
    ],
    ['Longest connection', formatDuration(finding.max_duration_s), seenText(finding)],
    [
      'Bytes out',
      formatBytes(finding.bytes_out),
      `${formatBytes(finding.bytes_in)} in, ${formatPlural(finding.connections, 'connection')}`,
    ],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value, note, wide]) =>
        html`<div class="${wide ?? 'narrow'}">
          <dt>${name}</dt>
          <dd>${value}<small>${note}</small></dd>
        </div>`,
    )}
  </dl>`;
}

function rates(finding: Finding): Markup {
  return html`<dl class="pairs">
    <div>
      <dt>Sustained rate</dt>
      <dd>${formatRate(finding.sustained_rate_bps)}</dd>
    </div>
    <div>
      <dt>Peak rate</dt>
      <dd>${formatRate(finding.peak_rate_bps)}</dd>
    </div>
    ${Object.entries(finding.tunables)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${tunableValue(finding.analytic, name, value)}</dd>
          </div>`,
      )}
  </dl>`;
}

function ancestry(finding: Finding): Markup {
  const { process } = finding;
  const own = process.executable ?? processText(finding);
  return html`<ol class="chain">
      ${[...process.ancestry].reverse().map((path) => html`<li><code>${path}</code></li>`)}
      <li class="self">
        <code>${own}</code> <span class="tag">${SIGNER_WORDS[process.signing.signer]}</span>
      </li>
    </ol>
    ${process.ancestry.length === 0 ? html`<p class="quiet">The telemetry names no parent.</p>` : null}
    ${process.args.length > 0 ? html`<p class="args"><span class="quiet">arguments</span> ${process.args.map((argument) => html`<code>${argument}</code> `)}</p>` : null}`;
}

function destinations(finding: Finding): Markup {
  if (finding.destinations.length === 0) return html`<p class="quiet">No connection was seen.</p>`;
  const shown = finding.destinations.slice(0, DESTINATIONS_SHOWN);
  const hidden = finding.destinations.length - shown.length;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Destinations">
      <table>
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col">Address</th>
            <th scope="col">Transport</th>
            <th scope="col">Scope</th>
            <th scope="col" class="number">Bytes out</th>
            <th scope="col" class="number">Bytes in</th>
            <th scope="col" class="number">Connections</th>
            <th scope="col" class="number">Hosts of the fleet</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (destination) =>
              html`<tr>
                <th scope="row"><code>${destinationText(destination)}</code></th>
                <td>${addresses(destination.ip)}</td>
                <td>${destination.transport}</td>
                <td>${destination.scope.replace('_', ' ')}</td>
                <td class="number">${formatBytes(destination.bytes_out)}</td>
                <td class="number">${formatBytes(destination.bytes_in)}</td>
                <td class="number">${formatCount(destination.connections)}</td>
                <td class="number">${destination.fleet_hosts} of ${finding.baseline.fleet_hosts}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="quiet">${formatPlural(hidden, 'more destination')} in the JSON output.</p>` : null}`;
}

function addresses(ip: readonly string[]): Markup {
  if (ip.length === 0) return html`<span class="quiet">not reported</span>`;
  const more = ip.length > 3 ? ` +${ip.length - 3}` : '';
  return html`${ip.slice(0, 3).map((address) => html`<code>${address}</code> `)}${more}`;
}

function record(finding: Finding): Markup {
  const { process, evidence, attack } = finding;
  const code = (value: string | null): Markup =>
    value === null ? html`<span class="quiet">not reported</span>` : html`<code>${value}</code>`;
  const listed = (values: readonly string[], most: number): Markup =>
    html`${values.slice(0, most).map((value) => html`<code>${value}</code> `)}${values.length > most ? `+${values.length - most}` : ''}`;
  const platform = process.signing.platform_binary;
  const rows: [string, Markup | string][] = [
    ['Finding', code(finding.id)],
    [
      'ATT&CK',
      html`<code>${attack.analytic}</code> <code>${attack.strategy}</code> <code>${attack.technique}</code>`,
    ],
    ...(finding.also ?? []).map((one): [string, Markup] => [
      'Also seen by',
      html`<code>${one.analytic}</code> ${one.severity}, risk ${Math.round(one.risk)}: ${one.title}
        ${code(one.id)}`,
    ]),
    ['Related techniques', attack.related.length === 0 ? 'none' : listed(attack.related, 20)],
    ['Host', html`${hostText(finding)} ${code(finding.host.id)}`],
    ['Actor', code(process.actor)],
    ['Signing id', code(process.signing.signing_id)],
    ['Team ID', code(process.signing.team_id)],
    ['Code directory hash', code(process.signing.cdhash)],
    ['Platform binary', platform === null ? 'not reported' : platform ? 'yes' : 'no'],
    ['Process ids', process.pid.length === 0 ? 'not reported' : listed(process.pid.map(String), 12)],
    ['Seen', seenText(finding)],
    ['Evidence', html`${formatPlural(evidence.flows, 'flow')} from ${listed(evidence.sources, 8)}`],
    ['Files', listed(evidence.files, 8)],
  ];
  return html`<dl class="pairs">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
