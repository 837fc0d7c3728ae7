/**
 * Whether the run could judge anything. A job pointed at the wrong place sees nothing and finds nothing; that must
 * never read like good news.
 */
import type { DetectResult } from '../ground/finding.js';
import { printable } from '../ground/printable.js';
import { formatCount, formatPlural } from '../ground/units.js';

export interface Sight {
  /** `blind`: nothing could be judged. `partial`: findings are sound, but part of the input could not be used. */
  readonly kind: 'judged' | 'partial' | 'blind';
  /** One sentence, printable. */
  readonly headline: string;
  /** Why, and what to do; printable. */
  readonly reasons: readonly string[];
}

/** What the input of a run allows to say, before any finding is read. */
export function sightOf(result: DetectResult): Sight {
  const { input, coverage } = result;
  const skipped = input.skipped_files.length;
  if (input.flows === 0) {
    return {
      kind: 'blind',
      headline: 'Nothing could be judged: no network flow was read. This is not an all-clear.',
      reasons: [whyNoFlows(result), ...(skipped > 0 ? [skippedText(skipped)] : [])],
    };
  }
  const reasons: string[] = [];
  if (coverage.length > 0 && coverage.every((host) => !host.bytes)) {
    reasons.push('No source carried byte counts, so nothing could be judged by volume or rate.');
  }
  if (input.rejected > 0 && input.rejected >= input.lines / 10) {
    reasons.push(
      `${share(input.rejected, input.lines)} of the lines were rejected; what they held is missing from every total.`,
    );
  }
  if (skipped > 0) reasons.push(skippedText(skipped));
  return reasons.length === 0
    ? { kind: 'judged', headline: judgedText(result), reasons }
    : { kind: 'partial', headline: `${judgedText(result)} Part of the input was not usable.`, reasons };
}

/** Reasons for rejected lines, most frequent first: `12,004 not_json, 3 no_time`. */
export function rejectReasons(rejects: DetectResult['input']['rejects']): string[] {
  return Object.entries(rejects)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .map(([reason, count]) => `${formatCount(count)} ${printable(reason)}`);
}

function judgedText({ input, findings }: DetectResult): string {
  const scope = `${formatPlural(input.flows, 'flow')} of ${formatPlural(input.hosts, 'host')} judged`;
  return findings.length === 0
    ? `No findings: ${scope}.`
    : `${formatPlural(findings.length, 'finding')}: ${scope}.`;
}

function whyNoFlows({ input }: DetectResult): string {
  if (input.files === 0) return 'No file was read. Check the path, the glob and the file permissions.';
  if (input.lines === 0)
    return `${formatPlural(input.files, 'file')} read, but without a single line in them.`;
  if (input.accepted === 0) {
    const reasons = rejectReasons(input.rejects).slice(0, 4).join(', ');
    return `All ${formatPlural(input.lines, 'line')} were rejected${reasons === '' ? '' : ` (${reasons})`}. Check that the files are of the source they were read as.`;
  }
  const sources = Object.keys(input.by_source).sort().map(printable).join(', ');
  return (
    `${formatPlural(input.accepted, 'line')} accepted and ${formatPlural(input.processes, 'process', 'processes')} seen, ` +
    `but ${sources === '' ? 'no source' : sources} reported no connection to judge. Add a source that reports ` +
    'connections per process (docs/sources), or widen --since and --until.'
  );
}

function skippedText(count: number): string {
  return `${formatPlural(count, 'file was', 'files were')} found but not read.`;
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return `${percent >= 99.5 && part < whole ? '99' : percent.toFixed(0)} %`;
}
