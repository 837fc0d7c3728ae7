import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { registerTune } from '../../src/cli/tune.js';
import { loadConfig } from '../../src/service/load-config.js';
import type { Config } from '../../src/config/schema.js';
import { detect } from '../support/detect.js';
import type { Store } from '../../src/store/store.js';
import { OutflowError } from '../../src/ground/errors.js';
import { type Finding } from '../../src/ground/finding.js';
import { SEVERITIES } from '../../src/ground/vocabulary.js';
import { decideOnFindings } from '../../src/triage/decide.js';
import { foldFindings } from '../../src/triage/findings.js';
import { backtest, type Backtest } from '../../src/tuning/backtest.js';
import { budget, type Budget } from '../../src/tuning/budget.js';
import { proposeConfig } from '../../src/tuning/settings.js';
import { describeEngines } from '../support/engines.js';
import { DAYS, HOSTS, writeHistory } from './history.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-tune-'));
const place = (name: string): string => join(directory, name);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
writeHistory(place('telemetry'));
/** Six Macs are fleet enough to be rare in. */
writeFileSync(place('outflow.yaml'), '# ours\nfleet: { min_hosts: 3 }\n');
const config = loadConfig(place('outflow.yaml'));
const QUIETER = [
  'detection.volume_day_bytes=200000000',
  'indicator.signer=0',
  'indicator.unusual_path.weight=0.2',
];

const approving = { approvals: [], groupOf: () => [] };
const isPressing = ({ severity, state }: Finding): boolean =>
  state !== 'approved' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium');
const fold = (store: Store, of: Config = config): Promise<Finding[]> =>
  foldFindings(store, { config: of, ...approving });
const hostsOf = (list: readonly { readonly host: { readonly name: string } }[]): string[] =>
  list.map(({ host }) => host.name).sort();

describeEngines('tuning', ({ open, newTarget, id: engine }) => {
  let target: string;
  const replay = async (
    proposed: Config,
    now: Config = config,
    approvals = now.approvals,
  ): Promise<Backtest> =>
    backtest(await open(target), now, proposed, { ...approving, approvals }, { since: '2026-03-01' });
  let tried: Promise<Backtest> | undefined;
  /** The quieter settings, tried once. */
  const quieter = (): Promise<Backtest> => (tried ??= replay(proposeConfig(config, QUIETER)));
  const fit = async (alertsPerDay: number): Promise<Budget> =>
    budget(await open(target), config, approving, {
      alertsPerDay,
      severity: 'medium',
      range: { since: { days: 30 } },
    });

  beforeAll(async () => {
    target = newTarget();
    await detect({ paths: [place('telemetry')], store: target, config: place('outflow.yaml') });
  });

  it('finds what was found when nothing is changed', async () => {
    const found = (await fold(await open(target))).filter(isPressing);
    expect(hostsOf(found)).toEqual(expect.arrayContaining(['MAC-01', 'MAC-03']));
    const result = await replay(config);
    expect(result.totals).toEqual({
      now: found.length,
      proposed: found.length,
      new: 0,
      lost: 0,
      earlier: 0,
      later: 0,
    });
    expect(result).toMatchObject({
      range: {
        since: '2026-03-02',
        until: '2026-03-09',
        days_with_data: DAYS,
        judged_days: 2,
        standing_on: null,
        judged_again: 0,
        hosts: HOSTS,
      },
      settings: [],
    });
    expect(result.days.map(({ day }) => day)).toEqual(['2026-03-08', '2026-03-09']);
  });

  it('judges again what was judged by another configuration, with the same answer', async () => {
    const other = { ...config, fleet: { ...config.fleet, rare_share: 0.020001 } };
    const again = await replay(proposeConfig(other, QUIETER), other);
    expect(again.range.judged_again).toBe(2);
    const { totals, days, lost, new: fresh } = await quieter();
    expect({ ...again, settings: [] }).toMatchObject({ totals, days, lost, new: fresh });
  });

  it('measures by what people confirmed, and changes nothing', async () => {
    const store = await open(target);
    const before = await fold(store);
    const lost = (await quieter()).lost.map(({ id }) => id);
    expect(lost.length).toBeGreaterThan(0);
    const found = (await fold(await open(target))).filter(({ id }) => lost.includes(id));
    await decideOnFindings(
      await open(target),
      found.slice(0, 1),
      { action: 'close', disposition: 'true_positive', reason: 'theft' },
      { who: 'ana', at: '2026-03-12T08:00:00.000Z' },
    );
    const { confirmed } = await replay(proposeConfig(config, QUIETER));
    expect(confirmed).toMatchObject({
      in_range: 1,
      outside_range: 0,
      now: 1,
      proposed: 0,
      lost: [found[0]!.id],
    });

    const after = await open(target);
    expect((await fold(after)).map(({ id, risk }) => [id, risk])).toEqual(
      before.map(({ id, risk }) => [id, risk]),
    );
    // On the server other tests are at work as well.
    if (engine === 'clickhouse') return;
    expect(
      await after.rows(`SELECT name FROM system.databases WHERE name LIKE 'outflow_run_%' ORDER BY name`),
    ).toEqual([]);
  });

  it('counts approvals on both sides', async () => {
    const approval = {
      name: 'known sync',
      executable: '*/.sync/sync1',
      owner: 'it',
      reason: 'known',
      expires: '2026-12-31',
    };
    const all = await replay(config);
    const fewer = await replay(config, config, [approval]);
    expect(fewer.totals).toMatchObject({ now: all.totals.now - 1, proposed: all.totals.now - 1 });
  });

  it('begins a range with what stood before it', async () => {
    const store = await open(target);
    const result = await backtest(store, config, config, approving, { since: '2026-03-09' });
    const { totals } = await replay(config);
    expect(result.range).toMatchObject({ standing_on: '2026-03-08', since: '2026-03-09', days_with_data: 1 });
    expect(result.standing!.now).toBeGreaterThanOrEqual(1);
    expect(result.totals.now).toBe(totals.now);
  });

  it('fits a budget with settings that do what the curve says', async () => {
    const { totals } = await replay(config);
    const roomy = await fit(100);
    expect(roomy.recommended!.findings_kept).toBeGreaterThanOrEqual(totals.now);
    expect(roomy.now).toMatchObject({ findings_kept: totals.now, alerts: totals.now, change: 0 });

    const wanted = (totals.now - 1) / DAYS;
    const { recommended, confirmed } = await fit(wanted);
    expect(confirmed.in_range).toBe(1);
    expect(recommended!.confirmed_kept).toBe(1);
    expect(recommended!.alerts / DAYS).toBeLessThanOrEqual(wanted);
    const texts = recommended!.settings.map(({ setting, after }) => `${setting}=${JSON.stringify(after)}`);
    const tried = await replay(proposeConfig(config, texts));
    expect(tried.settings).toEqual(recommended!.settings);
    expect(tried.totals.proposed).toBe(recommended!.findings_kept);
    expect(tried.alerts_per_day.proposed).toBe(recommended!.alerts_per_day);
    expect(tried.confirmed.proposed).toBe(recommended!.confirmed_kept);
  });

  it('says when there is nothing to replay', async () => {
    const empty = await open(newTarget());
    await expect(backtest(empty, config, config, approving)).rejects.toThrow(
      /has no judged days yet.*outflow detect/,
    );
    const store = await open(target);
    await expect(
      backtest(store, config, config, approving, { since: '2027-01-01', until: '2027-01-02' }),
    ).rejects.toThrow(/no day from 2027-01-01 .* from 2026-03-08 to 2026-03-09/);
  });

  describe('outflow tune', () => {
    const outflow = async (...args: string[]): Promise<string> => {
      // The command opens the store itself; chDB holds one at a time.
      await (await open(target)).close();
      const written: string[] = [];
      const out = vi
        .spyOn(process.stdout, 'write')
        .mockImplementation((text) => written.push(String(text)) > 0);
      const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      try {
        const program = new Command('outflow').exitOverride();
        registerTune(program);
        for (const tune of program.commands) for (const one of tune.commands) one.exitOverride();
        await program.parseAsync(
          ['tune', ...args, '--store', target, '--config', place('outflow.yaml'), '--since', '30d'],
          { from: 'user' },
        );
      } finally {
        out.mockRestore();
        quiet.mockRestore();
      }
      return written.join('');
    };

    it('backtest shows what is lost, loudly where people had confirmed it', async () => {
      const text = await outflow('backtest', '--set', ...QUIETER);
      expect(text).toContain('What would have been found from 2026-03-02 to 2026-03-09');
      expect(text).toContain('detection.volume_day_bytes  20000000 -> 200000000');
      expect(text).toMatch(
        /LOST: 1 confirmed incident would no longer be raised: [0-9a-f]{16} \(sync\d on MAC-0\d\)/,
      );
      expect(text).toMatch(/MAC-0\d +sync\d +in\.drop\d\.example:443 +\d+ -> \(?\d+\)?/);
      expect(text).toMatch(/^ {2}.*signer \d+->0/m);
    });

    it('refuses a setting that does not exist, in one line', async () => {
      const refusal = outflow('backtest', '--set', 'DataRateTreshold=1');
      await expect(refusal).rejects.toThrow(OutflowError);
      await expect(refusal).rejects.toThrow(/^--set DataRateTreshold=1: there is no "DataRateTreshold"/);
    });

    it('budget writes a file that backtest reads, and never over another', async () => {
      const out = place(`proposed-${engine}.yaml`);
      type Told = Budget & { readonly proposed_file: string | null };
      const tight = JSON.parse(
        await outflow('budget', '--alerts-per-day', '0.001', '--out', out, '--format', 'json'),
      ) as Told;
      expect(tight).toMatchObject({ schema: 'outflow.budget/1', proposed_file: null, recommended: null });
      expect(existsSync(out)).toBe(false);

      const { alerts } = tight.fewest!;
      const wanted = String(alerts / DAYS);
      const shown = await outflow('budget', '--alerts-per-day', wanted, '--out', out);
      expect(shown).toContain(`At most ${wanted} new findings a day at medium or above`);
      expect(shown).toMatch(/Yardstick: 1 confirmed incident/);
      expect(shown).toContain(`--config ${out}`);
      const text = readFileSync(out, 'utf8');
      expect(text).toMatch(
        /^# Proposed by outflow tune budget .*for medium or above\.\n# From 2026-03-02 to 2026-03-09 of .*: 8 days, 6 hosts\.\n# Expected: /,
      );
      expect(text).toContain('# ours\nfleet: { min_hosts: 3 }');
      const tried = JSON.parse(await outflow('backtest', '--proposed', out, '--format', 'json')) as Backtest;
      expect(tried.settings.length).toBeGreaterThan(0);
      expect(tried.totals.proposed).toBe(alerts);

      await expect(outflow('budget', '--alerts-per-day', '1', '--out', out)).rejects.toThrow(
        /exists already/,
      );
      expect(readFileSync(out, 'utf8')).toBe(text);
    });
  });

  it('says what judging by the proposal then finds', async () => {
    const { totals } = await quieter();
    await (await open(target)).close();
    const file = place('quieter.yaml');
    writeFileSync(
      file,
      'fleet: { min_hosts: 3 }\ndetection: { volume_day_bytes: 200000000 }\nindicators: { weights: { signer: 0, unusual_path: 0.2 } }\n',
    );
    await detect({ paths: [], store: target, config: file, rejudge: true });
    const found = (await fold(await open(target), loadConfig(file))).filter(isPressing);
    expect(found).toHaveLength(totals.proposed);
  });
});
