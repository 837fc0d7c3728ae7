/** When the flows of a finding ran and how much each carried: one track per destination, one bar per flow. */
import type { Finding, FindingFlow } from '../../ground/finding.js';
import { formatBytes, formatCount, formatDuration, formatPlural, formatTime } from '../../ground/units.js';
import { html, type Markup } from './markup.js';

const TRACKS = 8;
/** Width of the drawing in its own units; it stretches to whatever the page has. */
const WIDTH = 1000;
/** Room on the right where open flows run on. */
const OPEN_ROOM = 34;
const SHORTEST_BAR = 3;
const DAY_MS = 86_400_000;

interface Bar {
  readonly flow: FindingFlow;
  readonly start: number;
  readonly end: number;
}

interface Track {
  readonly label: string;
  /** Bytes out, null where no flow of the track reported any. */
  readonly bytes: number | null;
  readonly bars: readonly Bar[];
}

/** The timeline with its axis and legend, or a line that says why there is none. */
export function timeline(finding: Finding): Markup {
  const bars = finding.flows.map(toBar).filter((bar) => bar !== null);
  const from = Math.min(...bars.map((bar) => bar.start));
  const to = Math.max(...bars.map((bar) => bar.end));
  if (bars.length === 0) return html`<p class="quiet">No flow with a known time to draw.</p>`;
  const largest = Math.max(0, ...bars.map((bar) => bar.flow.bytes_out ?? 0));
  const tracks = toTracks(bars);
  const drawn =
    finding.evidence.flows > bars.length
      ? `${formatCount(bars.length)} of ${formatPlural(finding.evidence.flows, 'flow')}, those that carried most,`
      : formatPlural(bars.length, 'flow');
  return html`<div class="timeline">
    ${tracks.map(
      (track) =>
        html`<div class="track">
          <div class="track-label">
            <code>${track.label}</code> <span class="quiet">${bytesText(track.bytes)}</span>
          </div>
          ${drawTrack(track, from, to, largest)}
        </div>`,
    )}
    <div class="axis" aria-hidden="true">
      <span>${axisTime(from)}</span><span class="axis-middle">${axisTime((from + to) / 2)}</span
      ><span>${axisTime(to)}</span>
    </div>
    <p class="legend">
      <span>${drawn} over ${formatDuration((to - from) / 1000)}, UTC.</span>
      <span>Bytes out of one flow:</span>
      ${
        largest > 0
          ? html`<span><span class="key s1"></span>little</span> <span><span class="key s3"></span>some</span>
              <span><span class="key s5"></span>up to ${formatBytes(largest)}</span>`
          : null
      }
      <span><span class="key sn"></span>not reported</span>
      <span>A dotted end: still open.</span>
    </p>
  </div>`;
}

function toBar(flow: FindingFlow): Bar | null {
  const start = Date.parse(flow.start);
  const end = Date.parse(flow.end);
  if (Number.isNaN(start)) return null;
  return { flow, start, end: Number.isNaN(end) ? start : Math.max(start, end) };
}

function toTracks(bars: readonly Bar[]): Track[] {
  const byLabel = new Map<string, Bar[]>();
  for (const bar of bars) {
    const label = flowPlace(bar.flow);
    byLabel.set(label, [...(byLabel.get(label) ?? []), bar]);
  }
  const tracks = Array.from(byLabel, ([label, own]) => ({ label, bytes: bytesOf(own), bars: own })).sort(
    (a, b) => (b.bytes ?? -1) - (a.bytes ?? -1) || (a.label < b.label ? -1 : 1),
  );
  if (tracks.length <= TRACKS) return tracks;
  const rest = tracks.slice(TRACKS - 1).flatMap((track) => track.bars);
  const label = formatPlural(tracks.length - TRACKS + 1, 'other destination');
  return [...tracks.slice(0, TRACKS - 1), { label, bytes: bytesOf(rest), bars: rest }];
}

function drawTrack(track: Track, from: number, to: number, largest: number): Markup {
  const lanes = packLanes(track.bars);
  const count = Math.max(...lanes.map(({ lane }) => lane)) + 1;
  const barHeight = count <= 3 ? 12 : count <= 12 ? 7 : count <= 40 ? 4 : 2;
  const pitch = barHeight + (barHeight > 4 ? 2 : 1);
  const height = count * pitch;
  const scale = (time: number): number =>
    to === from ? 0 : ((time - from) / (to - from)) * (WIDTH - OPEN_ROOM - SHORTEST_BAR);
  const label = `${track.label}: ${formatPlural(track.bars.length, 'flow')}, ${bytesText(track.bytes)}`;
  return html`<svg
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${WIDTH} ${height}"
    height="${height}"
    preserveAspectRatio="none"
  >
    ${midnights(from, to).map((time) => {
      const x = round(scale(time));
      return html`<line class="midnight" x1="${x}" x2="${x}" y1="0" y2="${height}" />`;
    })}${lanes.map(({ bar, lane }) => {
      const x = round(scale(bar.start));
      const width = round(Math.max(SHORTEST_BAR, scale(bar.end) - scale(bar.start)));
      const y = lane * pitch;
      const shade = `s${shadeOf(bar.flow.bytes_out, largest)}`;
      return html`<rect class="${shade}" x="${x}" y="${y}" width="${width}" height="${barHeight}"
          ><title>${describe(bar.flow)}</title></rect
        >
        ${bar.flow.open ? openEnd(x + width, y, barHeight, shade) : null}`;
    })}
  </svg>`;
}

/** Each bar in the first lane that is free when it starts. */
function packLanes(bars: readonly Bar[]): { bar: Bar; lane: number }[] {
  const freeFrom: number[] = [];
  return [...bars]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((bar) => {
      const free = freeFrom.findIndex((time) => time <= bar.start);
      const lane = free === -1 ? freeFrom.length : free;
      freeFrom[lane] = Math.max(bar.end, bar.start + 1);
      return { bar, lane };
    });
}

function openEnd(x: number, y: number, height: number, shade: string): Markup[] {
  return [3, 11, 19].map(
    (offset) =>
      html`<rect class="${shade}" x="${round(x + offset)}" y="${y}" width="5" height="${height}" />`,
  );
}

/** 1 to 5 by order of magnitude below the largest, `n` where bytes were not reported. */
function shadeOf(bytes: number | null, largest: number): string {
  if (bytes === null) return 'n';
  const share = largest === 0 ? 0 : bytes / largest;
  return String([0.001, 0.01, 0.1, 0.5].filter((step) => share >= step).length + 1);
}

function midnights(from: number, to: number): number[] {
  if (to - from > 31 * DAY_MS || to - from < DAY_MS / 4) return [];
  const times: number[] = [];
  for (let time = Math.ceil(from / DAY_MS) * DAY_MS; time <= to; time += DAY_MS) times.push(time);
  return times;
}

function flowPlace(flow: FindingFlow): string {
  const place = flow.destination === '' ? 'destination unknown' : flow.destination;
  const name = place.includes(':') ? `[${place}]` : place;
  return `${name}${flow.port > 0 ? `:${flow.port}` : ''} ${flow.transport}`;
}

function describe(flow: FindingFlow): string {
  const end = flow.open ? 'still open' : (formatTime(flow.end) ?? 'end unknown');
  return `${flowPlace(flow)}, ${formatTime(flow.start) ?? 'start unknown'} to ${end}, ${bytesText(flow.bytes_out)}`;
}

function bytesOf(bars: readonly Bar[]): number | null {
  const known = bars.map((bar) => bar.flow.bytes_out).filter((bytes) => bytes !== null);
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

function bytesText(bytes: number | null): string {
  return bytes === null ? 'bytes not reported' : `${formatBytes(bytes)} out`;
}

function axisTime(time: number): string {
  return formatTime(new Date(time).toISOString()) ?? '';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
