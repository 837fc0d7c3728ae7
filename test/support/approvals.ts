import fc from 'fast-check';
import { approvalSchema, type Approval } from '../../src/config/schema.js';
import type { ApprovalFacts, ApprovalPlace } from '../../src/approvals/facts.js';

export const DAY = 86_400_000;

/** An approval of rclone to one bucket, to be changed by what a test is about. */
export function anApproval(more: Partial<Approval> = {}): Approval {
  return {
    name: 'nightly copy',
    executable: '/opt/homebrew/bin/rclone',
    owner: 'data platform',
    reason: 'weekly training set',
    expires: '2026-12-31',
    ...more,
  };
}

export function aPlace(more: Partial<ApprovalPlace> = {}): ApprovalPlace {
  return {
    key: 'bucket.example',
    name: '',
    ips: ['203.0.113.7'],
    hidden: false,
    maxDayOut: 1e9,
    maxDuration: 600,
    ...more,
  };
}

/** What `anApproval` covers, last seen on 10 March 2026. */
export function someFacts(more: Partial<ApprovalFacts> = {}): ApprovalFacts {
  return {
    hostId: 'host-1',
    hostName: 'MBP-7F2A',
    actor: 'path:/opt/homebrew/bin/rclone',
    executable: '/opt/homebrew/bin/rclone',
    signingId: '',
    teamId: '',
    cdhash: '',
    parent: '/bin/zsh',
    maxDayOut: 1e9,
    maxDuration: 600,
    lastMs: Date.UTC(2026, 2, 10, 12),
    execOnly: false,
    places: [aPlace()],
    ...more,
  };
}

const few = <T>(values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const day = fc
  .integer({ min: Date.UTC(2026, 1, 25), max: Date.UTC(2026, 3, 5) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10));

/** Approvals that meet often enough to overlap; any text for what people write. */
export const approvals: fc.Arbitrary<Approval> = fc
  .record({
    name: fc.string({ minLength: 1, unit: 'binary' }),
    executable: few(['/opt/homebrew/bin/rclone', '*/rclone', '*']),
    signing_id: some(few(['a.out', 'com.example.sync'])),
    team_id: some(few(['ABCDE12345'])),
    cdhash: some(few(['ab'.repeat(20)])),
    parent: some(few(['/bin/zsh', '/sbin/launchd'])),
    actor: some(few(['path:/opt/homebrew/bin/rclone'])),
    hosts: some(fc.array(few(['host-1', 'mbp-7f2a.corp.example', 'other']), { maxLength: 3 })),
    groups: some(fc.array(few(['studio', 'build']), { maxLength: 2 })),
    destinations: some(fc.array(few(['bucket.example', 'example', '*', 'drop.example']), { maxLength: 3 })),
    max_bytes_out_per_day: some(fc.integer({ min: 1, max: 4_000_000_000 })),
    max_duration_seconds: some(fc.integer({ min: 1, max: 2000 })),
    owner: fc.string({ minLength: 1, unit: 'binary' }),
    reason: fc.string({ minLength: 1, unit: 'grapheme' }),
    ticket: some(fc.string({ minLength: 1 })),
    created: some(day),
    expires: day,
    revoked: some(day),
  })
  // As a file would be read: keys that are not there are not there.
  .map((raw) => approvalSchema.parse(JSON.parse(JSON.stringify(raw))));

export const facts: fc.Arbitrary<ApprovalFacts> = fc
  .record({
    hostId: few(['host-1', 'host-2']),
    hostName: few(['MBP-7F2A', '']),
    executable: few(['/opt/homebrew/bin/rclone', '/tmp/rclone', '']),
    signingId: few(['', 'a.out', 'com.example.sync']),
    teamId: few(['', 'ABCDE12345']),
    cdhash: few(['', 'ab'.repeat(20)]),
    maxDayOut: fc.integer({ min: 0, max: 5_000_000_000 }),
    maxDuration: fc.integer({ min: 0, max: 3000 }),
    lastMs: fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 2, 31) }),
    execOnly: fc.boolean(),
    places: fc.array(
      fc.record({
        key: few(['bucket.example', 'drop.example', '203.0.113.0/24', 'unknown:443']),
        maxDayOut: fc.integer({ min: 0, max: 5_000_000_000 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ places, ...rest }) =>
    someFacts({
      ...rest,
      places: places.map((place) => aPlace({ ...place, hidden: place.key.startsWith('unknown:') })),
    }),
  );
