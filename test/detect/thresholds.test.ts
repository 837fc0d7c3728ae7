import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/schema.js';
import { INDICATORS } from '../../src/detect/analytics/AN0082/indicators.js';
import type { Destination } from '../../src/detect/subject.js';
import { aContext, aDestination, aSubject, CONFIG, GB, MB, sent } from '../support/subject.js';

type SubjectChanges = Parameters<typeof aSubject>[1];

interface Boundary {
  readonly indicator: string;
  readonly key: keyof Config['detection'];
  /** Destination and subject that just reach `value`; thresholds other than the one looked at are far away. */
  readonly at: (value: number) => readonly [Destination, SubjectChanges?];
  /** A setting far from the default, to see that the configuration is read. */
  readonly other: number;
  /** The threshold is an upper bound: the indicator fires below it. */
  readonly below?: boolean;
}

const steady = { size: { p10: 1, p50: 1, p90: 1 }, maxDayConnections: 1000 };
const drip = { maxDayHours: 24, hours: 24, maxHourOut: 1 };
const relay = { bytesOut: GB, bytesIn: GB, maxDayOut: GB, peersDay: 1000, inKnown: true, outKnown: true };
const others = { actorHosts: 11, otherDayMaxima: [100 * MB, 100 * MB, 100 * MB] };

const BOUNDARIES: readonly Boundary[] = [
  { indicator: 'volume', key: 'volume_day_bytes', at: (value) => [sent(value)], other: 500 * MB },
  {
    indicator: 'volume',
    key: 'tool_volume_day_bytes',
    at: (value) => [sent(value, { bytesIn: value / 10 }), { role: 'transfer' }],
    other: 200 * MB,
  },
  {
    indicator: 'volume',
    key: 'volume_over_others',
    at: (value) => [sent(value * 100 * MB, { actorHosts: 11 }), others],
    other: 10,
  },
  {
    indicator: 'volume',
    key: 'upload_ratio',
    at: (value) => [sent(value * GB, { bytesIn: GB })],
    other: 5,
  },
  { indicator: 'uncommon_uploader', key: 'volume_day_bytes', at: (value) => [sent(value)], other: 500 * MB },
  {
    indicator: 'dual_use_tool',
    key: 'tool_volume_day_bytes',
    at: (value) => [sent(value, { bytesIn: value / 10 }), { role: 'transfer' }],
    other: 200 * MB,
  },
  {
    indicator: 'sustained_rate',
    key: 'data_rate_threshold',
    at: (value) => [sent(100 * GB, { maxHourOut: value * 3600 })],
    other: 5 * MB,
  },
  {
    indicator: 'slow_drip',
    key: 'slow_drip_hours',
    at: (value) => [sent(100 * MB, { ...drip, maxDayHours: value, hours: value })],
    other: 16,
  },
  {
    indicator: 'slow_drip',
    key: 'volume_day_bytes',
    at: (value) => [sent(value * 2, drip)],
    other: 500 * MB,
  },
  {
    indicator: 'slow_drip',
    key: 'data_rate_threshold',
    at: (value) => [sent(100 * GB, { ...drip, maxHourOut: value * 4 * 3600 })],
    other: 5 * MB,
    below: true,
  },
  {
    indicator: 'chunked',
    key: 'chunked_connections',
    at: (value) => [sent(GB, { ...steady, maxDayConnections: value })],
    other: 500,
  },
  { indicator: 'chunked', key: 'volume_day_bytes', at: (value) => [sent(value, steady)], other: 500 * MB },
  {
    indicator: 'relay_symmetry',
    key: 'relay_day_bytes',
    at: (value) => [aDestination(), { ...relay, maxDayOut: value }],
    other: 5 * GB,
  },
  {
    indicator: 'relay_symmetry',
    key: 'relay_peers',
    at: (value) => [aDestination(), { ...relay, peersDay: value }],
    other: 400,
  },
  {
    indicator: 'destination_new_for_actor',
    key: 'volume_day_bytes',
    at: (value) => [sent(value), { actorHosts: 11 }],
    other: 500 * MB,
  },
];

const cases = BOUNDARIES.flatMap((boundary) =>
  [CONFIG.detection[boundary.key] as number, boundary.other].map(
    (threshold) => [boundary.indicator, boundary.key, threshold, boundary] as const,
  ),
);

describe.each(cases)('%s by %s of %d', (id, key, threshold, { at, below = false }) => {
  const context = aContext({ detection: { [key]: threshold } });
  const fires = (share: number): boolean => {
    const [destination, subject] = at(threshold * share);
    const judged = aSubject([destination], subject);
    return INDICATORS.find((one) => one.id === id)!.evaluate(judged, destination, context) !== undefined;
  };

  it.each([
    [0.9, below],
    [1, !below],
    [1.1, !below],
  ])('at %d of it: %s', (share, expected) => {
    expect(fires(share)).toBe(expected);
  });
});

const evaluate = (id: string, destination: Destination, subject: SubjectChanges = {}, context = aContext()) =>
  INDICATORS.find((one) => one.id === id)!.evaluate(aSubject([destination], subject), destination, context);

describe('long_lived by long_lived_hours', () => {
  it.each([
    [0.9, 0],
    [1, 1],
    [3.9, 1],
    [4, 2],
    [7.9, 2],
    [8, 3],
    [11.9, 3],
    [12, 4],
    [300, 4],
  ])('counts %d hours as step %d', (hours, step) => {
    const points = evaluate('long_lived', aDestination({ maxDuration: hours * 3600 }))?.points ?? 0;
    expect(points).toBe(step);
  });

  it('counts more while data leaves', () => {
    const idle = evaluate('long_lived', aDestination({ maxDuration: 4 * 3600 }))!;
    const carrying = evaluate('long_lived', sent(GB, { maxDuration: 4 * 3600 }))!;
    const receiving = evaluate('long_lived', sent(GB, { maxDuration: 4 * 3600, bytesIn: 3 * GB }))!;
    expect(carrying.points).toBeGreaterThan(idle.points);
    expect(receiving.points).toBe(idle.points);
  });

  it('reads its ladder from the configuration', () => {
    const context = aContext({ detection: { long_lived_hours: [2, 3, 4, 5] } });
    expect(evaluate('long_lived', aDestination({ maxDuration: 7199 }), {}, context)).toBeUndefined();
    expect(evaluate('long_lived', aDestination({ maxDuration: 7200 }), {}, context)?.threshold).toBe(7200);
  });
});

describe('relay_symmetry by relay_ratio', () => {
  it.each([
    [0.45, false],
    [0.5, true],
    [1, true],
    [2, true],
    [2.2, false],
  ])('takes %d sent for each received byte: %s', (ratio, fires) => {
    const signal = evaluate('relay_symmetry', aDestination(), { ...relay, bytesIn: GB / ratio });
    expect(signal !== undefined).toBe(fires);
  });
});

describe('rarity by fleet.rare_share and fleet.min_hosts', () => {
  const context = (fleetHosts: number, rare_share = 0.1) =>
    aContext({ fleetHosts, config: { fleet: { min_hosts: 5, rare_share } } });

  it.each([
    [0, true],
    [9, true],
    [10, true],
    [11, false],
  ])('calls %d others of a hundred rare: %s', (others, rare) => {
    const place = aDestination({ fleetHosts: others + 1 });
    expect(evaluate('rare_destination', place, {}, context(100)) !== undefined).toBe(rare);
    expect(evaluate('new_in_fleet', place, { actorHosts: others + 1 }, context(100)) !== undefined).toBe(
      rare,
    );
  });

  it.each([
    [4, false],
    [5, true],
    [6, true],
  ])('a fleet of %d can say what is rare: %s', (hosts, can) => {
    expect(evaluate('rare_destination', aDestination(), {}, context(hosts)) !== undefined).toBe(can);
    expect(evaluate('new_in_fleet', aDestination(), {}, context(hosts)) !== undefined).toBe(can);
  });
});

describe('signer by process_signed_status', () => {
  it.each(Object.entries(CONFIG.process_signed_status))('gives %s its %d points', (signer, weight) => {
    const given = { signer: signer as keyof Config['process_signed_status'] };
    expect(evaluate('signer', aDestination(), given)?.points ?? 0).toBe(weight);
    expect(evaluate('signer', aDestination(), { ...given, actorHosts: 20 })?.points ?? 0).toBe(weight / 2);
  });
});
