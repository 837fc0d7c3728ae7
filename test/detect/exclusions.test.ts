import { beforeEach, expect, it } from 'vitest';
import { readExclusions } from '../../src/detect/exclusions.js';
import { type Exclusion } from '../../src/baseline/exclusion.js';
import { learningWindow } from '../../src/baseline/learning-window.js';
import { baselineFor } from '../../src/detect/baselines.js';
import type { Store } from '../../src/store/store.js';
import type { Severity } from '../../src/ground/vocabulary.js';
import { appendDecision } from '../../src/decisions/decisions.js';
import { describeEngines } from '../support/engines.js';
import { addDay, configWith, dayNo } from '../baseline/history.js';

const MB = 1_000_000;

describeEngines('what baselines do not learn from', ({ open, newTarget }) => {
  let store: Store;
  const config = configWith();

  beforeEach(async () => {
    store = await open(newTarget());
  });

  /** Judges days `from` to `until` of what `implant` did on host a. */
  const evaluate = (
    on: number,
    {
      severity = 'high',
      risk = 70,
      id = 'f1',
      actor = 'implant',
      bytes = MB,
    }: {
      severity?: Severity;
      risk?: number;
      id?: string;
      actor?: string;
      bytes?: number;
    } = {},
  ): Promise<void> =>
    store.insert('evaluations', [
      {
        ...{ evaluated_on: dayNo(on), finding_id: id, host_id: 'a', actor, risk, severity },
        first_seen: `${dayNo(on - 1)} 09:00:00.000`,
        last_seen: `${dayNo(on)} 09:00:00.000`,
        days: [on - 1, on].map((day) => ({
          day: dayNo(day),
          bytes_out: String(bytes),
          bytes_in: '0',
          connections: '1',
        })),
        facts: JSON.stringify({
          ...{
            hostId: 'a',
            hostName: 'A',
            actor,
            executable: '/opt/implant',
            signingId: '',
            teamId: '',
            cdhash: '',
          },
          ...{
            maxDayOut: bytes,
            maxDuration: 20,
            lastMs: Date.parse(`${dayNo(on)}T09:00:00Z`),
            execOnly: false,
          },
          places: [
            { key: 'drop.example', name: '', ips: [], hidden: false, maxDayOut: bytes, maxDuration: 20 },
          ],
        }),
        body: '{}',
      },
    ]);

  const decide = (action: string, on: number, detail: Record<string, unknown> = {}): Promise<unknown> =>
    appendDecision(store, {
      ...{
        at: `${dayNo(on)}T12:00:00.000Z`,
        who: 'ann',
        kind: 'finding' as const,
        subject: 'f1',
        action,
        detail,
      },
    });

  const closed = (risk: number, bytes: number, on: number): Record<string, unknown> => ({
    disposition: 'benign',
    closed: {
      ...{ evaluated_on: dayNo(on), last_seen: `${dayNo(on)}T09:00:00.000Z`, risk, severity: 'high' },
      ...{ max_day_bytes: bytes, places: [], behaviours: [] },
    },
  });

  /** For the week of Monday, day 14: learned until day 7. */
  const excluded = (over = config): Promise<readonly Exclusion[]> => {
    const window = learningWindow(dayNo(14), over);
    return readExclusions(store, window, `${window.appliesFrom}T00:00:00.000Z`, over);
  };

  const judged = (reason: string, ...days: number[]): unknown => [
    { host_id: 'a', actor: 'implant', analytic: 'AN0082', reason, days: days.map(dayNo) },
  ];

  it('leaves out unresolved findings from medium upwards, on the days they were judged for', async () => {
    await evaluate(3);
    await evaluate(4, { severity: 'medium' });
    await evaluate(6, { severity: 'low', id: 'f2', actor: 'odd' });
    expect(await excluded()).toEqual(judged('unresolved', 2, 3, 4));
  });

  it('leaves out what people confirmed or escalated, however low it was judged', async () => {
    await evaluate(3, { severity: 'low' });
    expect(await excluded()).toEqual([]);
    await decide('escalate', 4);
    expect(await excluded()).toEqual(judged('escalated', 2, 3));
    await decide('close', 5, { disposition: 'true_positive' });
    expect(await excluded()).toEqual(judged('true_positive', 2, 3));
  });

  it('learns what was closed as harmless, but not what goes beyond that', async () => {
    await evaluate(3, { risk: 70 });
    await decide('close', 4, closed(70, MB, 3));
    await evaluate(4, { risk: 70 });
    expect(await excluded()).toEqual([]);
    await evaluate(5, { risk: 80 });
    await evaluate(7, { risk: 70, bytes: 3 * MB });
    expect(await excluded()).toEqual(judged('unresolved', 4, 5, 6, 7));
    await decide('reopen', 8);
    expect(await excluded()).toEqual(judged('unresolved', 2, 3, 4, 5, 6, 7));
  });

  it('does not know decisions and days from after the version applies', async () => {
    await evaluate(3);
    await decide('close', 14, closed(70, MB, 3));
    await evaluate(14);
    expect(await excluded()).toEqual(judged('unresolved', 2, 3));
  });

  it('learns what an approval allows', async () => {
    await evaluate(3);
    const approval = {
      name: 'known',
      executable: '/opt/implant',
      owner: 'it',
      reason: 'copy',
      expires: '2026-12-31',
    };
    expect(await excluded(configWith({ approvals: [approval] }))).toEqual([]);
    expect(await excluded(configWith({ approvals: [{ ...approval, max_bytes_out_per_day: 10 }] }))).toEqual(
      judged('unresolved', 2, 3),
    );
    // One made when the version applied already.
    expect(await excluded(configWith({ approvals: [{ ...approval, created: dayNo(14) }] }))).toEqual(
      judged('unresolved', 2, 3),
    );
  });

  it('keeps left out days out of every table, and out of prevalence', async () => {
    for (let day = 0; day < 8; day++) {
      await addDay(store, dayNo(day), [
        { host: 'a', actor: 'backup', bytes: MB, to: 'backup.example' },
        ...(day === 2 || day === 3 ? [{ host: 'a', actor: 'implant', bytes: MB, to: 'drop.example' }] : []),
        ...(day === 7 ? [{ host: 'b', actor: 'implant', bytes: 5, to: 'other.example' }] : []),
      ]);
    }
    await evaluate(3);
    const version = await baselineFor(store, dayNo(14), config);
    const rows = await store.rows<{ actor: string; hosts: number; day_out_max: string }>(
      `SELECT actor, hosts, day_out_max FROM baseline_actors WHERE version = {version:String} ORDER BY actor`,
      { version },
    );
    expect(rows).toEqual([
      { actor: 'backup', hosts: 1, day_out_max: String(MB) },
      { actor: 'implant', hosts: 1, day_out_max: '5' },
    ]);
    for (const table of ['baseline_pairs', 'baseline_host_pairs', 'baseline_destinations']) {
      const places = await store.rows<{ destination: string }>(
        `SELECT destination FROM ${table} WHERE version = {version:String} ORDER BY destination`,
        { version },
      );
      expect(places.map(({ destination }) => destination)).toEqual(['backup.example', 'other.example']);
    }
  });
});
