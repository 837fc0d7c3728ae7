import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldInventory } from '../../src/approvals/resolve.js';
import type { Decision } from '../../src/decisions/decisions.js';
import { anApproval, approvals } from '../support/approvals.js';

let seq = 0;
function decided(action: string, subject: string, detail: Record<string, unknown>): Decision {
  seq += 1;
  const at = '2026-03-20T00:00:00.000Z';
  return { seq, at, who: 'ada', kind: 'approval', subject, action, detail, previous: '', hash: String(seq) };
}
const approve = (approval: { readonly name: string }) => decided('approve', approval.name, { approval });
const revoke = (name: string, revoked: unknown) => decided('revoke', name, { revoked });

const CONFIGURED = anApproval({ name: 'b' });

it('puts approvals of people beside the configured ones', () => {
  expect(foldInventory([CONFIGURED], [approve(anApproval({ name: 'a' }))])).toMatchObject([
    { approval: { name: 'a' }, origin: 'store', by: 'ada', at: '2026-03-20T00:00:00.000Z' },
    { approval: { name: 'b' }, origin: 'configuration', by: null, at: null },
  ]);
});

it('lets a later one take the place of an earlier one, and of a configured one', () => {
  const later = anApproval({ name: 'b', owner: 'somebody else' });
  expect(foldInventory([CONFIGURED], [approve(CONFIGURED), approve(later)])).toMatchObject([
    { approval: { owner: 'somebody else' }, origin: 'store' },
  ]);
});

it('revokes whatever is there, and a new approval begins again', () => {
  const revoked = foldInventory([CONFIGURED], [revoke('b', '2026-03-21'), revoke('b', '2026-03-25')]);
  expect(revoked).toMatchObject([{ approval: { revoked: '2026-03-21' }, origin: 'configuration' }]);
  const [again] = foldInventory([], [approve(CONFIGURED), revoke('b', '2026-03-21'), approve(CONFIGURED)]);
  expect(again?.approval.revoked).toBeUndefined();
  expect(foldInventory([], [revoke('b', '2026-03-21')])).toEqual([]);
});

it('approves nothing that it could not have written', () => {
  const broken = [
    decided('approve', 'x', { approval: { name: 'x' } }),
    decided('approve', 'x', { approval: anApproval({ name: 'y' }) }),
    decided('approve', 'x', { unreadable: '{' }),
    decided('unknown', 'x', { approval: anApproval({ name: 'x' }) }),
  ];
  expect(foldInventory([], broken)).toEqual([]);
  for (const on of [7, '2027-13-45', '2026-02-30', ''])
    expect(foldInventory([CONFIGURED], [revoke('b', on)])[0]?.approval.revoked).toBeUndefined();
});

it('ends with the last one of each name, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(approvals, { maxLength: 8 }), (given) => {
      const last = new Map(given.map((approval) => [approval.name, approval]));
      const folded = foldInventory([], given.map(approve));
      expect(new Map(folded.map(({ approval }) => [approval.name, approval]))).toEqual(last);
      expect(folded).toHaveLength(last.size);
    }),
  );
});
