import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confidenceOf } from '../../src/detect/confidence.js';
import { aContext, aJudgement, aSubject, MB, sent, type ContextChanges } from '../support/subject.js';

type SubjectChanges = Parameters<typeof aSubject>[1];
type DestinationChanges = Parameters<typeof sent>[1];

const confidence = (
  subject: SubjectChanges = {},
  destination: DestinationChanges = {},
  context: ContextChanges = {},
): number => confidenceOf(aJudgement(aSubject([sent(MB, destination)], subject)), aContext(context));

it('is 1 when everything is known', () => {
  expect(confidence()).toBe(1);
});

it.each<[string, SubjectChanges, DestinationChanges, ContextChanges]>([
  ['the signer', { signer: 'unknown' }, {}, {}],
  ['the parent', { process: { parentExecutable: '', ancestors: [] } }, {}, {}],
  ['the process', { process: null }, {}, {}],
  ['the address', {}, { key: 'unknown:443', named: false }, {}],
  ['the name', {}, { named: false }, { telemetry: { names: 0 } }],
  ['the bytes out', {}, { outKnown: false }, {}],
  ['the bytes in', {}, { inKnown: false }, {}],
  ['a fleet to compare with', {}, {}, { fleetHosts: 4 }],
  ['a fleet or days', { days: 1 }, {}, { fleetHosts: 19 }],
])('falls without %s', (_what, subject, destination, context) => {
  const value = confidence(subject, destination, context);
  expect(value).toBeLessThan(1);
  expect(value).toBeGreaterThanOrEqual(0);
});

it('takes three days for twenty hosts', () => {
  expect(confidence({ days: 3 }, {}, { fleetHosts: 5 })).toBe(1);
});

it('stays between 0 and 1, in hundredths, and never rises when a fact goes missing', () => {
  const facts = fc.record({
    signer: fc.boolean(),
    parent: fc.boolean(),
    address: fc.boolean(),
    out: fc.boolean(),
    in: fc.boolean(),
    fleet: fc.integer({ min: 0, max: 30 }),
  });
  const of = (known: {
    signer: boolean;
    parent: boolean;
    address: boolean;
    out: boolean;
    in: boolean;
    fleet: number;
  }) =>
    confidence(
      {
        signer: known.signer ? 'ad_hoc' : 'unknown',
        process: { parentExecutable: known.parent ? '/sbin/launchd' : '' },
      },
      {
        key: known.address ? 'a.example' : 'unknown:443',
        named: known.address,
        outKnown: known.out,
        inKnown: known.in,
      },
      { fleetHosts: known.fleet },
    );
  fc.assert(
    fc.property(facts, fc.constantFrom('signer', 'parent', 'address', 'out', 'in'), (known, missing) => {
      const value = of(known);
      expect(value).toBe(Math.round(value * 100) / 100);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(of({ ...known, [missing]: false })).toBeLessThanOrEqual(value);
    }),
  );
});
