/** Coverage of many hosts in few lines: what is missing, and on which hosts. */
import type { HostCoverage } from '../ground/finding.js';

export interface BlindSpot {
  /** What the telemetry of these hosts cannot show, as given; not yet printable. */
  readonly text: string;
  /** Hosts in alphabetical order, as given; not yet printable. */
  readonly hosts: readonly string[];
}

const MISSING = {
  process: 'no process facts: path, parent and arguments are unknown',
  signing: 'no signing facts: the signer is unknown, which is not the same as unsigned',
  bytes: 'no byte counts: nothing can be judged by volume or rate',
  duration: 'no durations: long-lived connections cannot be told from short ones',
  open_connections: 'only closed connections: one that is still open shows up when it ends',
} as const satisfies Partial<Record<keyof HostCoverage, string>>;

/** Blind spots grouped over hosts, the most widespread first. */
export function groupBlindSpots(coverage: readonly HostCoverage[]): BlindSpot[] {
  const alike = new Map<string, { hosts: Set<string>; texts: string[] }>();
  for (const host of coverage) {
    for (const text of blindSpotsOf(host)) {
      const shape = text.replace(NUMBER, '#');
      const group = alike.get(shape) ?? { hosts: new Set(), texts: [] };
      group.hosts.add(host.host);
      group.texts.push(text);
      alike.set(shape, group);
    }
  }
  return Array.from(alike.values(), ({ hosts, texts }) => ({
    text: spanning(texts),
    hosts: [...hosts].sort(),
  })).sort((a, b) => b.hosts.length - a.hosts.length || (a.text < b.text ? -1 : 1));
}

const NUMBER = /(?<![\w.])\d+(?![\w.])/g;

/** Texts that differ in their numbers only, as one that gives each number's span: `33 to 563 records`. */
function spanning(texts: readonly string[]): string {
  const numbers = texts.map((text) => [...text.matchAll(NUMBER)].map(([digits]) => Number(digits)));
  let position = 0;
  return (texts[0] ?? '').replace(NUMBER, () => {
    const values = numbers.map((list) => list[position] ?? 0);
    position++;
    const least = Math.min(...values);
    const most = Math.max(...values);
    return least === most ? String(least) : `${least} to ${most}`;
  });
}

function blindSpotsOf(host: HostCoverage): string[] {
  const missing = (Object.keys(MISSING) as (keyof typeof MISSING)[]).filter(
    (capability) => !host[capability],
  );
  return [...missing.map((capability) => MISSING[capability]), ...host.notes];
}
