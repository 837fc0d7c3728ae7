import { describe, expect, it } from 'vitest';
import { belongsTo } from '../../src/simulate/validation/match.js';
import { rankingQuality } from '../../src/simulate/validation/ranking.js';
import { score } from '../../src/simulate/validation/score.js';
import { calm, finding, incident, truth } from './finding.js';

describe('belongsTo', () => {
  it('needs the host, by name or id, in any case', () => {
    expect(belongsTo(finding({ host: 'mbp-1' }), incident())).toBe(true);
    expect(belongsTo(finding({ host: 'uuid-1' }), incident())).toBe(true);
    expect(belongsTo(finding({ host: 'MBP-2' }), incident())).toBe(false);
  });

  it('needs the time', () => {
    const later = { first_seen: '2026-03-03T13:00:00.000Z', last_seen: '2026-03-03T14:00:00.000Z' };
    expect(belongsTo(finding(later), incident())).toBe(false);
  });

  it('accepts the program, an ancestor, or a cut name where no path is known', () => {
    const other = { executable: '/usr/bin/other', name: 'other' };
    expect(belongsTo(finding(other), incident())).toBe(false);
    expect(belongsTo(finding({ ...other, ancestry: ['/tmp/dropper'] }), incident())).toBe(true);
    expect(belongsTo(finding({ executable: null, name: 'evil' }), incident())).toBe(true);
    expect(belongsTo(finding({ executable: null, name: 'ev' }), incident())).toBe(false);
    const long = incident({ senders: ['/opt/evilevilevilevil'] });
    expect(belongsTo(finding({ executable: null, name: 'evilevilevilevi' }), long)).toBe(true);
  });

  it('accepts a rare destination, by name, registrable domain or address, and no common one', () => {
    const other = { executable: '/usr/bin/other', name: 'other' };
    expect(belongsTo(finding({ ...other, destinations: [{ name: 'rare.example' }] }), incident())).toBe(true);
    expect(belongsTo(finding({ ...other, destinations: [{ ip: ['44.1.2.3'] }] }), incident())).toBe(true);
    expect(
      belongsTo(finding({ ...other, destinations: [{ name: 'rare.example', fleet_hosts: 9 }] }), incident()),
    ).toBe(false);
    expect(belongsTo(finding({ ...other, destinations: [{ name: 'are.example' }] }), incident())).toBe(false);
  });
});

describe('score', () => {
  it('counts an attack as found from medium on, whatever else was found', () => {
    const result = score(truth([incident()]), {
      findings: [finding({ severity: 'low', risk: 30 }), finding({ id: 'f2', severity: 'medium', risk: 50 })],
    });
    expect(result.recall.must).toEqual({ found: 1, total: 1 });
    expect(result.incidents[0]).toMatchObject({
      reached: 'medium',
      risk: 50,
      ok: true,
      findings: ['f1', 'f2'],
    });
    expect(score(truth([incident()]), { findings: [finding({ severity: 'low' })] }).recall.must.found).toBe(
      0,
    );
    expect(score(truth([incident()]), { findings: [] }).incidents[0]?.reached).toBe('nothing');
  });

  it('counts as hard what only a destination shows, where the source hides it', () => {
    const insider = incident({ needs_destination: true });
    const seen = score(truth([insider]), { findings: [] });
    const hidden = score({ ...truth([insider]), sources: ['eslogger', 'unified-log'] }, { findings: [] });
    expect([seen.recall.must.total, seen.recall.hard.total]).toEqual([1, 0]);
    expect([hidden.recall.must.total, hidden.recall.hard.total]).toEqual([0, 1]);
  });

  it('does not let an approval hide an attack', () => {
    const result = score(truth([incident()]), { findings: [finding({ state: 'approved' })] });
    expect(result.incidents[0]).toMatchObject({ reached: 'approved', ok: false });
  });

  it('lists what woke somebody for nothing, with the benign case it belongs to', () => {
    const findings = [
      finding(),
      finding({ id: 'f2', host: 'MBP-2', severity: 'medium', risk: 55 }),
      finding({ id: 'f3', host: 'MBP-3' }),
      finding({ id: 'f4', host: 'MBP-3', severity: 'low' }),
      finding({ id: 'f5', host: 'MBP-3', state: 'approved' }),
    ];
    const result = score(truth([incident(), calm({ host: { id: 'UUID-2', name: 'MBP-2' } })]), { findings });
    expect(result.false_findings.map(({ id, benign_case }) => [id, benign_case])).toEqual([
      ['f2', 'B01'],
      ['f3', null],
    ]);
    expect(result.false_per_host_day).toBe(2 / 50);
    expect(result.benign).toEqual({ ok: 0, total: 1 });
  });

  it('judges a benign case by its expected level', () => {
    const reached = (
      expected: 'none' | 'info',
      severity: 'informational' | 'low' | 'medium',
    ): boolean | undefined =>
      score(truth([calm({ expected })]), { findings: [finding({ severity })] }).incidents[0]?.ok;
    expect([reached('none', 'informational'), reached('none', 'low')]).toEqual([true, false]);
    expect([reached('info', 'low'), reached('info', 'medium')]).toEqual([true, false]);
    expect(score(truth([calm()]), { findings: [finding({ state: 'approved' })] }).incidents[0]).toMatchObject(
      { reached: 'approved', ok: true },
    );
  });
});

describe('rankingQuality', () => {
  const list = (text: string): { risk: number; relevant: boolean }[] =>
    Array.from(text, (mark, index) => ({ risk: 100 - index, relevant: mark === 't' }));

  it('is perfect when all true findings come first, and zero when last', () => {
    expect(rankingQuality(list('ttff'))).toMatchObject({ auc: 1, mean_rank: 1.5, relevant: 2, total: 4 });
    expect(rankingQuality(list('fftt')).auc).toBe(0);
    expect(rankingQuality(list('tftf')).auc).toBe(0.75);
  });

  it('counts a tie half and ranks it pessimistically', () => {
    expect(
      rankingQuality([
        { risk: 5, relevant: true },
        { risk: 5, relevant: false },
      ]),
    ).toMatchObject({ auc: 0.5, mean_rank: 2 });
  });

  it('looks at the first k only', () => {
    expect(rankingQuality(list(`${'t'.repeat(5)}${'f'.repeat(20)}`)).precision_at).toEqual({
      '10': 0.5,
      '25': 0.2,
      '50': 0.2,
    });
  });

  it('says nothing where there is nothing to say', () => {
    expect(rankingQuality([])).toEqual({
      auc: null,
      precision_at: { '10': null, '25': null, '50': null },
      mean_rank: null,
      relevant: 0,
      total: 0,
    });
  });
});
