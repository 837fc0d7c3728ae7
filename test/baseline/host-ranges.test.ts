import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rangesOf } from '../../src/baseline/host-ranges.js';

const named = (habits: readonly number[]): { host_id: string; habits: number }[] =>
  habits.map((rows, at) => ({ host_id: `h${String(at).padStart(4, '0')}`, habits: rows }));

it('fills ranges up to the room there is', () => {
  expect(rangesOf(named([4, 6, 1, 20, 3]), 10)).toEqual([
    { first_host: 'h0000', last_host: 'h0001' },
    { first_host: 'h0002', last_host: 'h0002' },
    { first_host: 'h0003', last_host: 'h0003' },
    { first_host: 'h0004', last_host: 'h0004' },
  ]);
});

it('has every host in one range, and no range above its room but for a single host', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 50 }), (habits, room) => {
      const hosts = named(habits);
      const ranges = rangesOf(hosts, room);
      const inside = ranges.map(({ first_host, last_host }) =>
        hosts.filter(({ host_id }) => host_id >= first_host && host_id <= last_host),
      );
      expect(inside.flat()).toEqual(hosts);
      for (const some of inside) {
        const rows = some.reduce((sum, one) => sum + one.habits, 0);
        expect(some.length === 1 || rows <= room).toBe(true);
      }
    }),
  );
});
