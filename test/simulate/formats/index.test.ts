import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WITHHOLDABLE } from '../../../src/simulate/event.js';
import { FORMATS } from '../../../src/simulate/formats/index.js';
import { DAY, DAY_MS, hostNamed, makeFlow, makeProcess, sliceOf, textOf } from './hand-made.js';

/** Names and arguments as an attacker would choose them. */
const hostile = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

const NDJSON = ['elastic-defend', 'eslogger', 'unified-log'];

describe('formats', () => {
  it('are known by their source id, once each', () => {
    expect(FORMATS.map(({ id }) => id)).toEqual([
      'elastic-defend',
      'eslogger',
      'nettop',
      'unified-log',
      'zeek-conn',
    ]);
    for (const { id, create } of FORMATS) expect(create(DAY + DAY_MS).id).toBe(id);
  });

  it('keep one event on one line whatever the names hold, and repeat themselves', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.subarray([...WITHHOLDABLE]),
        fc.boolean(),
        (name, argument, withheld, open) => {
          const host = hostNamed('MAC-2');
          const parent = makeProcess(host, { pid: 800, name: argument });
          const process = makeProcess(host, {
            parent,
            name,
            executable: `/tmp/${name}`,
            args: [name, argument],
            end: DAY + 4 * 3_600_000,
          });
          const end = open ? undefined : DAY + 3 * 3_600_000;
          const flows = (['tcp', 'udp', 'quic'] as const).map((transport) =>
            makeFlow(process, { transport, end, remoteName: argument }),
          );
          const slice = sliceOf(host, [process], flows);
          for (const { id, create } of FORMATS) {
            const files = textOf(create(DAY + DAY_MS), [slice], withheld);
            expect([...textOf(create(DAY + DAY_MS), [slice], withheld)]).toEqual([...files]);
            if (!NDJSON.includes(id)) continue;
            for (const line of [...files.values()].join('').split('\n')) {
              if (line !== '' && !line.startsWith('Filtering the log data')) JSON.parse(line);
            }
          }
        },
      ),
      { numRuns: 25, seed: 82 },
    );
  });
});
