import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DetectResult, Finding } from '../../../src/ground/finding.js';
import { renderHtml } from '../../../src/report/html.js';
import { renderFinding, renderQueue } from '../../../src/report/queue-table.js';
import { renderTable } from '../../../src/report/table.js';
import { openOutflow, type Outflow } from '../../../src/service/outflow.js';
import { describeEngines } from '../../support/engines.js';
import {
  everydayFleet,
  flowOf,
  HOUR,
  mac,
  MINUTE,
  MONDAY,
  processOf,
  signedBy,
  type Story,
  withStories,
  writeTelemetry,
} from '../../support/telemetry.js';

const NOW = '2026-03-10T00:00:00.000Z';
const COPY = '/Users/user3/.cache/code-tunnel';
const EDITOR = '/Applications/Visual Studio Code.app/Contents/MacOS/Electron';
const RELAY = 'euw.rel.tunnels.api.visualstudio.com';

const directory = mkdtempSync(join(tmpdir(), 'outflow-several-'));
const telemetry = join(directory, 'telemetry');
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A copy nobody signed holds a tunnel all day and carries gigabytes out through it: both analytics have a reason. */
function copy(): Story {
  const host = mac(3);
  const launchd = processOf(host, '/sbin/launchd', {
    pid: 1,
    signing: signedBy.apple('com.apple.xpc.launchd'),
  });
  const tunnel = processOf(host, COPY, {
    args: [COPY, 'tunnel', '--accept-server-license-terms'],
    parent: launchd,
    signing: signedBy.nobody,
    start: MONDAY + 2 * HOUR,
  });
  const flows = [
    flowOf(tunnel, {
      remoteName: RELAY,
      remoteIp: '203.0.3.77',
      start: MONDAY + 3 * HOUR,
      end: MONDAY + 19 * HOUR,
      bytesOut: 6_000_000_000,
      bytesIn: 30_000_000,
    }),
  ];
  return { host, processes: [launchd, tunnel], flows };
}

/** An editor that shares a session over the same service, and one that was only told to open a tunnel. */
function editors(): Story[] {
  const sharing = processOf(mac(1), EDITOR, {
    signing: signedBy.developer('com.microsoft.VSCode', 'UBF8T346G9'),
  });
  const told = processOf(mac(2), '/usr/local/bin/code-tunnel', {
    args: ['code-tunnel', 'tunnel'],
    signing: signedBy.developer('code-tunnel', 'UBF8T346G9'),
    end: MONDAY + HOUR + MINUTE,
  });
  return [
    {
      host: mac(1),
      processes: [sharing],
      flows: [
        flowOf(sharing, {
          remoteName: RELAY,
          remoteIp: '203.0.3.77',
          start: MONDAY + 3 * HOUR,
          end: MONDAY + 12 * HOUR,
          bytesOut: 3e6,
          bytesIn: 4e6,
        }),
      ],
    },
    { host: mac(2), processes: [told], flows: [] },
  ];
}

beforeAll(() => {
  writeTelemetry(telemetry, withStories(everydayFleet(6), [copy(), ...editors()]));
});

const idOf = (finding: Finding, analytic: string): string =>
  finding.analytic === analytic ? finding.id : finding.also!.find((one) => one.analytic === analytic)!.id;

describeEngines('a program that two analytics see', ({ newTarget }) => {
  let result: DetectResult;
  let target = '';
  const within = async <T>(work: (outflow: Outflow) => Promise<T>): Promise<T> => {
    const outflow = openOutflow({ store: target, actor: 'mara', clock: () => new Date(NOW) });
    try {
      return await work(outflow);
    } finally {
      await outflow.close();
    }
  };
  const again = (): Promise<DetectResult> => within((outflow) => outflow.detect({ paths: [] }));
  const of = ({ findings }: DetectResult): Finding[] =>
    findings.filter(({ process }) => process.executable === COPY);

  beforeAll(async () => {
    target = newTarget();
    result = await within((outflow) => outflow.detect({ paths: [telemetry] }));
  });

  it('is told once, with both names, and an editor that shares is none', () => {
    const [lead, ...others] = of(result);
    expect(others).toEqual([]);
    expect([lead!.analytic, ...lead!.also!.map(({ analytic }) => analytic)].sort()).toEqual([
      'AN0082',
      'AN0377',
    ]);
    expect(lead!.also![0]!.id).not.toBe(lead!.id);
    expect(lead!.risk).toBeGreaterThanOrEqual(lead!.also![0]!.risk);
    expect(result.findings.filter(({ process }) => process.executable === EDITOR)).toEqual([]);
    const told = result.findings.filter(
      ({ process }) => process.name === 'code-tunnel' && process.executable !== COPY,
    );
    expect(told.map(({ severity }) => severity)).toEqual(['informational']);
  });

  it('is shown with both names, whatever it is shown as', async () => {
    const [lead] = of(result);
    const other = lead!.also![0]!;
    const plain = { width: 120, color: false };
    const said = new RegExp(
      `also ${other.analytic} \\(${other.severity}, risk ${other.risk}, finding ${other.id}\\)`,
    );
    const flat = (text: string): string => text.replace(/\s+/g, ' ');
    expect(flat(renderTable(result, plain))).toMatch(said);
    expect(renderTable(result, plain)).toContain('AN0082 and AN0377');
    expect(flat(renderHtml(result))).toMatch(said);
    await within(async ({ findings }) => {
      const queue = await findings.list();
      expect(flat(renderQueue({ ...queue, idLength: 8 }, plain))).toMatch(said);
      expect(queue.findings.filter(({ process }) => process.executable === COPY)).toHaveLength(1);
      // Who asks for the one that is told as part of another is told of that one.
      const detail = await findings.show(other.id);
      expect(detail.finding).toMatchObject({
        id: other.id,
        analytic: other.analytic,
        also: [{ id: lead!.id }],
      });
      expect(flat(renderFinding(detail, plain))).toContain(`also ${lead!.analytic}`);
    });
  });

  it.each([
    ['AN0082', 'AN0377'],
    ['AN0377', 'AN0082'],
  ])('stands as %s when what %s saw was approved or closed', async (stands, settled) => {
    const [lead] = of(result);
    const approval = {
      owner: 'it',
      reason: 'known',
      expires: '2026-12-31',
      finding: idOf(lead!, settled),
      anywhere: true,
    };
    await within((outflow) => outflow.inventory.approve('tunnel', approval));
    const approved = of(await again());
    expect(approved.map(({ analytic, state }) => [analytic, state]).sort()).toEqual(
      [
        [stands, 'open'],
        [settled, 'approved'],
      ].sort(),
    );
    expect(approved.every(({ also }) => also === undefined)).toBe(true);
    await within((outflow) => outflow.inventory.revoke('tunnel', { on: '2026-03-01' }));
    await within((outflow) =>
      outflow.decide(
        { ids: [idOf(lead!, settled)] },
        { action: 'close', disposition: 'benign', reason: 'known' },
      ),
    );
    const closed = of(await again());
    expect(closed.find(({ analytic }) => analytic === stands)).toMatchObject({ state: 'open' });
    expect(closed.find(({ analytic }) => analytic === settled)).toMatchObject({ state: 'closed' });
    await within((outflow) =>
      outflow.decide({ ids: [idOf(lead!, settled)] }, { action: 'reopen', reason: 'not sure' }),
    );
    expect(of(await again())).toMatchObject([{ also: [{}] }]);
  });
});
