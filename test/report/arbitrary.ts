import fc from 'fast-check';
import type { DetectResult, Finding } from '../../src/ground/finding.js';
import { SEVERITIES, SIGNERS } from '../../src/ground/vocabulary.js';
import { destination, finding, flow, HOSTILE, indicator, richResult } from './fixture.js';

const fragments = [
  HOSTILE,
  '\x1b]8;;http://x\x07',
  '\u2066\u2067\u2069',
  '\u0301\u0301\u0301\u0301\u0301\u0301',
  '1\u20e3',
  '👩‍👩‍👧‍👦🇩🇪',
  '各位',
  '각\u1100\u1161',
  'a'.repeat(300),
  '</script><style>',
  '" onmouseover="x',
  '\ud83d',
  '\u3164',
];

/** Any text at all, leaning towards the kinds that break renderers. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...fragments),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
    ),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));

const anyNumber = fc.oneof(fc.nat(), fc.constantFrom(0, 0.4, 999_999, 1e12, 1e21, Number.MAX_SAFE_INTEGER));

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    text: fc.array(anyText, { minLength: 8, maxLength: 8 }),
    absent: fc.boolean(),
    number: anyNumber,
    severity: fc.constantFrom(...SEVERITIES),
    signer: fc.constantFrom(...SIGNERS),
    state: fc.constantFrom('open' as const, 'approved' as const),
    open: fc.boolean(),
    risk: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ text, absent, number, severity, signer, state, open, risk }) => {
    const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = text;
    return finding({
      id: a,
      severity,
      state,
      open,
      risk,
      title: b,
      summary: c,
      host: { id: d, name: absent ? '' : d },
      user: absent ? null : e,
      process: {
        executable: absent ? null : f,
        name: g,
        args: [a, b],
        pid: [number],
        actor: h,
        signing: { signer, signing_id: a, team_id: b, cdhash: c, platform_binary: null },
        parent: { executable: absent ? null : h },
        ancestry: absent ? [] : [h, g],
      },
      first_seen: absent ? h : '2026-03-01T01:02:03.004Z',
      bytes_out: number,
      max_duration_s: number,
      sustained_rate_bps: number,
      connections: number,
      destinations: absent ? [] : [destination({ name: e, ip: [f] }), destination({ name: null, ip: [f] })],
      indicators: [
        indicator({ id: g, text: h, observed: a, expected: number, threshold: null, points: risk }),
      ],
      attack: { analytic: 'AN0082', strategy: 'DET0028', technique: 'T1496.002', related: [a] },
      evidence: { flows: 1, sources: [b], files: [c] },
      days: [{ day: absent ? a : '2026-03-01', bytes_out: number, bytes_in: 0 }],
      flows: [
        flow({ destination: a, open, bytes_out: absent ? null : number }),
        flow({ destination: b, start: c, end: d, transport: e }),
      ],
    });
  });

/** A result whose every text is untrusted. */
export const anyResult: fc.Arbitrary<DetectResult> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 4 }),
    text: fc.array(anyText, { minLength: 5, maxLength: 5 }),
    number: anyNumber,
  })
  .map(({ findings, text: [a = '', b = '', c = '', d = '', e = ''], number }) => ({
    ...richResult,
    run: { ...richResult.run, version: a, baseline: b, config: c },
    input: {
      ...richResult.input,
      lines: number,
      flows: number,
      by_source: { [d]: { files: 1, lines: number, accepted: 0, rejected: 0, processes: 0, flows: number } },
      rejects: { [e]: number },
      skipped_files: [{ file: a, reason: b }],
    },
    findings,
    coverage: [
      {
        host: c,
        process: false,
        signing: true,
        bytes: false,
        duration: true,
        open_connections: false,
        notes: [d, e],
      },
    ],
  }));
