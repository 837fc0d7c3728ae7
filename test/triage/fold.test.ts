import { describe, expect, it } from 'vitest';
import { foldEvaluations, type JudgedWeek } from '../../src/triage/fold.js';
import { type Standing, UNTOUCHED } from '../../src/decisions/standing.js';

function week(evaluatedOn: string, risk: number, part: Partial<JudgedWeek> = {}): JudgedWeek {
  return {
    evaluatedOn,
    risk,
    lastSeen: `${evaluatedOn}T20:00:00.000Z`,
    severity: risk >= 65 ? 'high' : risk >= 45 ? 'medium' : 'low',
    places: ['drop.example.net'],
    behaviours: ['volume'],
    days: [{ day: evaluatedOn, bytes_out: 1_000 }],
    approved: undefined,
    ...part,
  };
}

const inside = { name: 'backup', inside: true, text: 'Approved as "backup".' };
const outside = { name: 'backup', inside: false, text: 'Approved as "backup". It expired.' };

function closedAs(as: 'benign' | 'true_positive'): Standing {
  return {
    ...UNTOUCHED,
    state: 'closed',
    disposition: as,
    closing: {
      at: '2026-03-05T09:00:00.000Z',
      who: 'ana',
      as,
      of: {
        evaluated_on: '2026-03-04',
        last_seen: '2026-03-04T20:00:00.000Z',
        risk: 50,
        severity: 'medium',
        max_day_bytes: 1_000,
        places: ['drop.example.net'],
        behaviours: ['volume'],
      },
    },
  };
}

describe('a finding over its evaluations', () => {
  it('shows the worst, the latest among equals', () => {
    const weeks = [
      week('2026-03-02', 30),
      week('2026-03-03', 70),
      week('2026-03-04', 70),
      week('2026-03-05', 50),
    ];
    const { state, shown, history } = foldEvaluations(weeks, UNTOUCHED);
    expect(state).toBe('open');
    expect(shown).toBe(weeks[2]);
    expect(history).toEqual({
      first_judged: '2026-03-02',
      last_judged: '2026-03-05',
      worst_judged: '2026-03-04',
      raised_on: '2026-03-03',
      disposition: null,
      assignee: null,
      notes: 0,
      reopened: null,
      approval: null,
    });
  });

  it('was never raised while below medium or approved', () => {
    const weeks = [week('2026-03-02', 30), week('2026-03-03', 70, { approved: inside })];
    expect(foldEvaluations(weeks, UNTOUCHED).history.raised_on).toBeNull();
  });

  it('is approved when every evaluation is', () => {
    const weeks = [
      week('2026-03-02', 30, { approved: inside }),
      week('2026-03-03', 70, { approved: inside }),
    ];
    expect(foldEvaluations(weeks, UNTOUCHED)).toMatchObject({
      state: 'approved',
      shown: weeks[1],
      history: { approval: 'backup', raised_on: null },
    });
    expect(foldEvaluations(weeks, { ...UNTOUCHED, state: 'escalated' }).state).toBe('approved');
  });

  it('is open with the worst that no approval covers', () => {
    const weeks = [
      week('2026-03-02', 90, { approved: inside }),
      week('2026-03-03', 40, { approved: outside }),
      week('2026-03-04', 30),
    ];
    expect(foldEvaluations(weeks, UNTOUCHED)).toMatchObject({
      state: 'open',
      shown: weeks[1],
      history: { approval: 'backup', worst_judged: '2026-03-03' },
    });
    expect(foldEvaluations(weeks, { ...UNTOUCHED, state: 'acknowledged' }).state).toBe('acknowledged');
  });

  it('stays closed for more of the same and reopens for more than that', () => {
    const first = week('2026-03-04', 50);
    const same = week('2026-03-05', 55);
    const worse = week('2026-03-06', 70);
    expect(foldEvaluations([first, same], closedAs('benign'))).toMatchObject({
      state: 'closed',
      history: { disposition: 'benign', reopened: null },
    });
    expect(foldEvaluations([first, same, worse], closedAs('benign'))).toMatchObject({
      state: 'open',
      shown: worse,
      history: {
        disposition: 'benign',
        reopened:
          'Reopened: ana closed it on 2026-03-05 as benign, and since then it was judged high on 2026-03-06, not medium as when closed.',
      },
    });
  });

  it('still says so when somebody has acknowledged it since', () => {
    const standing: Standing = { ...closedAs('benign'), state: 'acknowledged' };
    const { state, history } = foldEvaluations([week('2026-03-04', 50), week('2026-03-06', 70)], standing);
    expect(state).toBe('acknowledged');
    expect(history.reopened).toContain('ana closed it');
  });

  it('does not reopen for what is approved, except after a true positive', () => {
    const weeks = [
      week('2026-03-04', 50, { approved: inside }),
      week('2026-03-06', 70, { approved: inside }),
    ];
    expect(foldEvaluations(weeks, closedAs('benign')).state).toBe('closed');
    expect(foldEvaluations(weeks, closedAs('true_positive')).state).toBe('open');
  });
});
