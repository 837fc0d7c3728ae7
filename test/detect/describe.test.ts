import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeDestination,
  nameOf,
  summaryOf,
  titleOf,
} from '../../src/detect/analytics/AN0082/explain.js';
import type { Judgement } from '../../src/detect/analytic.js';
import {
  aContext,
  aDestination,
  aJudgement,
  anUploader,
  aSubject,
  CONFIG,
  GB,
  MB,
  sent,
  type ContextChanges,
} from '../support/subject.js';

const proxyware = {
  family: 'Honeygain',
  category: 'proxyware',
  policy: 'deny',
  matchedOn: 'signing_id',
  techniques: [],
} as const;

interface Golden {
  readonly judgement: Judgement;
  readonly context?: ContextChanges;
  readonly title: string;
  readonly summary: string;
}

/** The sentences of typical findings, word for word: an analyst reads these first, and often nothing else. */
const GOLDEN: Readonly<Record<string, Golden>> = {
  'a script that uploads': {
    judgement: aJudgement(
      aSubject(
        [
          sent(3.2 * GB, {
            bytesIn: 4 * MB,
            connections: 12,
            maxDuration: 7500,
            remoteName: 'eu.upload.example',
          }),
        ],
        {
          signer: 'ad_hoc',
          role: 'interpreter',
          process: {
            executable: '/opt/homebrew/bin/python3.12',
            script: '/Users/ada/.cache/sync.py',
            teamId: '',
            parentExecutable: '/bin/zsh',
          },
        },
      ),
    ),
    title: 'python3.12 running sync.py (ad hoc) sent 3.2 GB to eu.upload.example',
    summary:
      'On MBP-7F2A: /opt/homebrew/bin/python3.12 running /Users/ada/.cache/sync.py, signed ad hoc, started by /bin/zsh. ' +
      'Sent 3.2 GB to eu.upload.example and received 4 MB, over 12 connections on 1 day, the longest lasting 2 h 05 min. ' +
      'Normal here: none of the other 49 hosts runs it this way.',
  },
  'an app many hosts have': {
    judgement: aJudgement(
      aSubject([sent(12 * GB, { days: 3, open: true, maxDuration: 90_000 })], {
        actorHosts: 11,
        processCount: 4,
        otherDayMaxima: [10 * MB, 20 * MB, 35 * MB, 300 * MB],
      }),
    ),
    title: 'Notes Deluxe (Developer ID) sent 12 GB to upload.example',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe (4 processes), signed with a Developer ID (team ABCDE12345), started by /sbin/launchd. ' +
      'Sent 12 GB to upload.example and received 0 B, over 1 connection on 3 days, lasting 1 d 01 h, still open. ' +
      'Normal here: 10 other hosts run it; the largest day there is typically 35 MB.',
  },
  'an app one other host has': {
    judgement: aJudgement(
      aSubject([sent(GB)], {
        signer: 'app_store',
        actorHosts: 2,
        otherDayMaxima: [2 * MB],
        process: { teamId: '' },
      }),
    ),
    title: 'Notes Deluxe (App Store) sent 1 GB to upload.example',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, from the App Store, started by /sbin/launchd. ' +
      'Sent 1 GB to upload.example and received 0 B, over 1 connection on 1 day, lasting 60 s. ' +
      'Normal here: 1 other host runs it; the largest day there is 2 MB.',
  },
  'an app that sends nothing elsewhere': {
    judgement: aJudgement(
      aSubject([sent(GB)], { actorHosts: 4, signer: 'unsigned', process: { teamId: '' } }),
    ),
    title: 'Notes Deluxe (unsigned) sent 1 GB to upload.example',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, not signed, started by /sbin/launchd. ' +
      'Sent 1 GB to upload.example and received 0 B, over 1 connection on 1 day, lasting 60 s. ' +
      'Normal here: 3 other hosts run it; none of them sends anything with it.',
  },
  'proxyware at work': {
    judgement: aJudgement(
      aSubject([sent(100 * MB, { bytesIn: 90 * MB, connections: 900, maxDuration: 40 })], {
        signer: 'invalid',
        bytesOut: 6.1 * GB,
        bytesIn: 6 * GB,
        destinationCount: 2310,
        peersDay: 1204,
        tool: proxyware,
      }),
      ['relay_symmetry'],
    ),
    title: 'Notes Deluxe (broken signature) passed on 6.1 GB, to and from up to 1,204 addresses a day',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, with a broken signature (team ABCDE12345), started by /sbin/launchd. ' +
      'Sent 100 MB to upload.example and received 90 MB, over 900 connections on 1 day, the longest lasting 40 s. ' +
      'In all it sent 6.1 GB to 2,310 destinations. ' +
      'Normal here: none of the other 49 hosts runs it.',
  },
  'many places, none of which got most': {
    judgement: aJudgement(aSubject([1, 2, 3].map((n) => sent(GB, { key: `place-${n}.example` })))),
    title: 'Notes Deluxe (Developer ID) sent 3 GB to 3 destinations, among them place-1.example',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, signed with a Developer ID (team ABCDE12345), started by /sbin/launchd. ' +
      'Sent 1 GB to place-1.example and received 0 B, over 1 connection on 1 day, lasting 60 s. ' +
      'In all it sent 3 GB to 3 destinations. ' +
      'Normal here: none of the other 49 hosts runs it.',
  },
  'an address the telemetry hides, in a small fleet': {
    judgement: aJudgement(
      aSubject(
        [sent(5 * GB, { key: 'unknown:443', named: false, ips: [], inKnown: false, maxDuration: 0 })],
        {
          signer: 'unknown',
          process: { executable: '', name: 'agentd', teamId: '', parentExecutable: '' },
        },
      ),
    ),
    context: { fleetHosts: 1 },
    title: 'agentd (signer unknown) sent 5 GB to an address the telemetry hides (port 443)',
    summary:
      'On MBP-7F2A: agentd, signer unknown. ' +
      'Sent 5 GB to an address the telemetry hides (port 443) and received an unknown amount, over 1 connection on 1 day. ' +
      'With 1 host to compare, what is normal here cannot be said.',
  },
  'a connection of unknown size': {
    judgement: aJudgement(
      aSubject(
        [
          aDestination({
            key: '203.0.113.0/24',
            named: false,
            outKnown: false,
            inKnown: false,
            connections: 3,
            maxDuration: 86_400,
            open: true,
          }),
        ],
        { signer: 'developer_id' },
      ),
      ['long_lived'],
    ),
    title: 'Notes Deluxe (Developer ID) was connected to 203.0.113.7 for 1 d 00 h; bytes unknown',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, signed with a Developer ID (team ABCDE12345), started by /sbin/launchd. ' +
      'Sent an unknown amount to 203.0.113.7, over 3 connections on 1 day, the longest lasting 1 d 00 h, at least one still open. ' +
      'Normal here: none of the other 49 hosts runs it.',
  },
  'only a network sensor saw it': {
    judgement: aJudgement(aSubject([sent(40 * GB, { connections: 2 })], { process: null })),
    title: 'An unknown process sent 40 GB to upload.example',
    summary:
      'Seen on the network only: which process on MBP-7F2A sent this is unknown. ' +
      'Sent 40 GB to upload.example and received 0 B, over 2 connections on 1 day, the longest lasting 60 s.',
  },
  'a daemon that sends for others': {
    judgement: aJudgement(
      aSubject([sent(8 * GB)], {
        signer: 'apple_platform',
        actorHosts: 50,
        otherDayMaxima: [MB, MB, MB],
        uploader: anUploader({ name: 'nsurlsessiond', delegate: true }),
        process: { executable: '/usr/libexec/nsurlsessiond', teamId: '' },
      }),
    ),
    title: 'nsurlsessiond (Apple) sent 8 GB to upload.example',
    summary:
      'On MBP-7F2A: /usr/libexec/nsurlsessiond, signed by Apple, started by /sbin/launchd. ' +
      'Sent 8 GB to upload.example and received 0 B, over 1 connection on 1 day, lasting 60 s. ' +
      'Normal here: 49 other hosts run it; the largest day there is typically 1 MB. ' +
      'nsurlsessiond sends on behalf of other programs: look for who asked it to before judging it.',
  },
  'a tool that was started': {
    judgement: { ...aJudgement(aSubject([], { tool: proxyware, connections: 0 })), execOnly: true },
    title: 'Notes Deluxe (Developer ID) was started; it has sent nothing',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, signed with a Developer ID (team ABCDE12345), started by /sbin/launchd. ' +
      'So far it has sent nothing, but Honeygain is reported whenever it starts.',
  },
  'a tool that was started and sent little': {
    judgement: {
      ...aJudgement(aSubject([sent(12_300)], { tool: proxyware })),
      destination: undefined,
      execOnly: true,
    },
    title: 'Notes Deluxe (Developer ID) was started; it sent 12.3 kB, nothing unusual',
    summary:
      'On MBP-7F2A: /Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe, signed with a Developer ID (team ABCDE12345), started by /sbin/launchd. ' +
      'So far it sent 12.3 kB, nothing unusual, but Honeygain is reported whenever it starts.',
  },
};

it.each(Object.entries(GOLDEN))('describes %s', (_case, { judgement, context, title, summary }) => {
  expect(titleOf(judgement)).toBe(title);
  expect(summaryOf(judgement, aContext(context))).toBe(summary);
});

describe('a name', () => {
  const interpreter = (args: readonly string[], script = '') =>
    nameOf(aSubject([], { role: 'interpreter', process: { executable: '/usr/bin/python3', args, script } }));

  it('carries the script of an interpreter, as reported or as its arguments say', () => {
    expect(interpreter([], '/x/a.py')).toBe('python3 running a.py');
    expect(interpreter(['python3', '/x/b.py'])).toBe('python3 running b.py');
    expect(interpreter(['python3', '-c', 'print(1)'])).toBe('python3');
    expect(interpreter(['python3'])).toBe('python3');
  });

  it('carries no argument of other programs', () => {
    expect(
      nameOf(
        aSubject([], { role: 'transfer', process: { executable: '/usr/bin/curl', args: ['curl', '/x'] } }),
      ),
    ).toBe('curl');
  });
});

describe('a destination', () => {
  it.each([
    [{ key: 'a.example', remoteName: 'x.a.example' }, 'x.a.example'],
    [{ key: 'a.example' }, 'a.example'],
    [{ key: '203.0.113.0/24', named: false }, '203.0.113.7'],
    [{ key: '203.0.113.0/24', named: false, ips: ['203.0.113.7', '203.0.113.8'] }, '203.0.113.0/24'],
    [{ key: 'unknown:0', named: false, ips: [], port: 0 }, 'an address the telemetry hides'],
  ])('is named as well as it is known: %o', (more, name) => {
    expect(describeDestination(aDestination(more))).toBe(name);
  });
});

it('never leaves a hole in a sentence, whatever is missing', () => {
  const maybe = <T>(value: T, empty: T) => fc.constantFrom(value, empty);
  const any = fc.record({
    process: fc.record({
      executable: maybe('/x/y', ''),
      name: fc.constant('y'),
      teamId: maybe('T', ''),
      parentExecutable: maybe('/p', ''),
    }),
    destination: fc.record({
      named: fc.boolean(),
      outKnown: fc.boolean(),
      inKnown: fc.boolean(),
      open: fc.boolean(),
      connections: fc.integer({ min: 1, max: 3 }),
      maxDuration: fc.constantFrom(0, 0.5, 61, 100_000),
      key: fc.constantFrom('a.example', '203.0.113.0/24', 'unknown:443'),
      ips: fc.constantFrom([], ['203.0.113.7'], ['203.0.113.7', '203.0.113.8']),
    }),
    signer: fc.constantFrom(
      ...(Object.keys(CONFIG.process_signed_status) as (keyof typeof CONFIG.process_signed_status)[]),
    ),
    role: fc.constantFrom(undefined, 'transfer' as const, 'interpreter' as const),
    actorHosts: fc.integer({ min: 1, max: 4 }),
    maxima: fc.array(fc.nat(), { maxLength: 3 }),
    fleetHosts: fc.integer({ min: 1, max: 8 }),
    execOnly: fc.boolean(),
    id: fc.constantFrom('volume', 'relay_symmetry'),
  });
  fc.assert(
    fc.property(any, (one) => {
      const subject = aSubject([sent(MB, one.destination)], {
        signer: one.signer,
        role: one.role,
        actorHosts: one.actorHosts,
        otherDayMaxima: one.maxima,
        process: one.process,
      });
      const judged = aJudgement(subject, [one.id]);
      const judgement = one.execOnly ? { ...judged, execOnly: true, destination: undefined } : judged;
      for (const text of [
        titleOf(judgement),
        summaryOf(judgement, aContext({ fleetHosts: one.fleetHosts })),
      ]) {
        expect(text).not.toMatch(/undefined|null|NaN| {2}|,,|\(\)|signer signer| [,.;]|^ | $/);
      }
    }),
  );
});
