import { describe, expect, it } from 'vitest';
import { chainDecision, type Decision } from '../../src/decisions/decision.js';
import { standingOf, UNTOUCHED } from '../../src/decisions/standing.js';

const closed = {
  evaluated_on: '2026-03-04',
  last_seen: '2026-03-04T20:00:00.000Z',
  risk: 50,
  severity: 'medium',
  max_day_bytes: 1_000,
  places: ['drop.example.net'],
  behaviours: ['volume'],
};

function decisions(...acts: readonly (readonly [string, Record<string, unknown>?])[]): Decision[] {
  const rows: Decision[] = [];
  for (const [action, detail = {}] of acts)
    rows.push(
      chainDecision(
        { at: '2026-03-05T10:00:00.000Z', who: 'ana', kind: 'finding', subject: 'f00', action, detail },
        rows.slice(-1),
      ),
    );
  return rows;
}

describe('where people left a finding', () => {
  it('is open when nobody touched it', () => {
    expect(standingOf([])).toEqual(UNTOUCHED);
  });

  it.each([
    ['ack', 'acknowledged'],
    ['escalate', 'escalated'],
    ['note', 'open'],
    ['assign', 'open'],
    ['something a later version does', 'open'],
  ])('%s leaves it %s', (action, state) => {
    expect(standingOf(decisions([action])).state).toBe(state);
  });

  it('takes the last word on state and assignee, and counts notes', () => {
    const standing = standingOf(
      decisions(
        ['escalate'],
        ['assign', { to: 'bo' }],
        ['note'],
        ['ack'],
        ['note'],
        ['assign', { to: 'cy' }],
      ),
    );
    expect(standing).toMatchObject({ state: 'acknowledged', assignee: 'cy', notes: 2 });
    expect(standingOf(decisions(['assign', { to: 'bo' }], ['assign', { to: null }])).assignee).toBeNull();
  });

  it('keeps how it was closed until somebody reopens it', () => {
    const closing = decisions(['close', { disposition: 'duplicate', closed }]);
    expect(standingOf(closing)).toMatchObject({
      state: 'closed',
      disposition: 'duplicate',
      closing: { who: 'ana', as: 'duplicate', of: closed },
    });
    const reopened = standingOf([...closing, ...decisions(['reopen', { reason: 'not the same host' }])]);
    expect(reopened).toMatchObject({ state: 'open', disposition: null, closing: null });
    expect(reopened.reopened).toBe('Reopened by ana on 2026-03-05: not the same host.');
    const again = standingOf([...closing, ...decisions(['reopen'], ['close', { disposition: 'benign' }])]);
    expect(again).toMatchObject({ state: 'closed', disposition: 'benign', reopened: null });
  });

  it('keeps the disposition of what was reopened by evidence and acknowledged then', () => {
    const rows = decisions(['close', { disposition: 'true_positive', closed }], ['ack']);
    expect(standingOf(rows)).toMatchObject({ state: 'acknowledged', disposition: 'true_positive' });
  });

  it('treats a detail that makes no sense as not given', () => {
    const standing = standingOf(
      decisions(['close', { disposition: 'nonsense', closed: { risk: 'high' } }], ['assign', { to: 7 }]),
    );
    expect(standing).toMatchObject({ state: 'closed', disposition: 'benign', assignee: null });
    expect(standing.closing?.of).toBeNull();
  });
});
