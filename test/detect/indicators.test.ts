import { describe, expect, it } from 'vitest';
import type { DetectContext } from '../../src/detect/indicator.js';
import { INDICATORS } from '../../src/detect/analytics/AN0082/indicators.js';
import type { Subject } from '../../src/detect/subject.js';
import { printable } from '../../src/ground/printable.js';
import { FIRES } from './firing-cases.js';
import type { Case } from './indicator-case.js';
import { SILENT } from './silent-cases.js';
import { aContext, aDestination, aSubject } from '../support/subject.js';

function evaluate(id: string, one: Case) {
  const indicator = INDICATORS.find((candidate) => candidate.id === id)!;
  const destination = one.destination === null ? undefined : (one.destination ?? aDestination());
  const subject: Subject = aSubject(destination === undefined ? [] : [destination], one.subject);
  const context: DetectContext = aContext(one.context);
  return indicator.evaluate(subject, destination, context);
}

const listed = (cases: typeof FIRES) =>
  Object.entries(cases).flatMap(([id, list]) => list.map((one) => [id, one.why, one] as const));

it('has a firing and a silent case for every indicator', () => {
  const ids = INDICATORS.map(({ id }) => id);
  expect(Object.keys(FIRES).sort()).toEqual(ids);
  expect(Object.keys(SILENT).sort()).toEqual(ids);
});

it.each(listed(FIRES))('%s fires: %s', (id, _why, one) => {
  const signal = evaluate(id, one);
  expect(signal).toBeDefined();
  expect(signal!.points).toBeGreaterThan(0);
  expect(signal!.points).toBeLessThanOrEqual(40);
  expect(signal!.text).toMatch(/^(?:[A-Z0-9]|upload\.example ).*\.$/);
  expect(signal!.text).not.toMatch(/undefined|null|NaN|\[object| {2}/);
  expect(printable(signal!.text)).toBe(signal!.text);
});

it.each(listed(SILENT))('%s is silent: %s', (id, _why, one) => {
  expect(evaluate(id, one)).toBeUndefined();
});

describe('every indicator', () => {
  const everything = [...listed(FIRES), ...listed(SILENT)].map(([, , one]) => one);

  it.each(INDICATORS.map(({ id }) => id))('%s gives the same for the same', (id) => {
    for (const one of everything) expect(evaluate(id, one)).toEqual(evaluate(id, one));
  });

  it.each(INDICATORS.filter(({ group }) => group !== 'identity').map(({ id }) => id))(
    '%s says nothing of places where nothing was sent to any',
    (id) => {
      expect(evaluate(id, { why: '', destination: null })).toBeUndefined();
    },
  );

  it.each(INDICATORS.map(({ id }) => id))('%s holds for the emptiest subject and destination', (id) => {
    const nothing: Case = {
      why: '',
      destination: aDestination({
        key: 'unknown:0',
        named: false,
        ips: [],
        port: 0,
        connections: 0,
        outKnown: false,
        inKnown: false,
      }),
      subject: { process: null, actorHosts: 0 },
      context: { fleetHosts: 0, telemetry: { names: 0 } },
    };
    expect(evaluate(id, nothing)).toBeUndefined();
  });
});
