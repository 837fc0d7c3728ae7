import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostKey } from '../../src/ground/host-name.js';
import { discoverGroups, type SeenProgram } from '../../src/baseline/peer-discovery.js';
import { parsePeerLabels } from '../../src/baseline/peer-labels.js';
import { loadPeerGroups } from '../../src/baseline/peers.js';
import type { Store } from '../../src/store/store.js';
import { OutflowError } from '../../src/ground/errors.js';
import { describeEngines } from '../support/engines.js';
import { configWith, dayNo } from './history.js';

const labelsOf = (text: string, path = 'labels.csv'): Record<string, string[]> =>
  Object.fromEntries([...parsePeerLabels(text, path)].map(([host, groups]) => [host, [...groups]]));

describe('label files', () => {
  it.each([
    ['plain lines', 'MBP-1,studio\nmbp-2, sales \n', 'x.csv'],
    [
      'comments, empty lines, Windows line ends, a byte order mark',
      '\uFEFF# ours\r\n\r\nMBP-1,studio\r\nMBP-2,sales\r\n',
      'x.csv',
    ],
    [
      'a heading among other columns',
      'Serial,Group,Host\nC02,studio,MBP-1\nC03,sales,MBP-2.corp.example\n',
      'x.txt',
    ],
    ['quotes', '"MBP-1","studio"\n"mbp-2.local",sales', 'x.csv'],
    ['YAML', 'studio: [MBP-1]\nsales:\n  - mbp-2.corp.example\n', 'x.yaml'],
  ])('reads %s', (_what, text, path) => {
    expect(labelsOf(text, path)).toEqual({ 'mbp-1': ['studio'], 'mbp-2': ['sales'] });
  });

  it('keeps all groups of a host, commas in quotes and numbers as names', () => {
    expect(labelsOf('m,"a, b"\nm,"say ""c"""\n')).toEqual({ m: ['a, b', 'say "c"'] });
    expect(labelsOf('007: [42, 1.50]\n', 'x.yml')).toEqual({ '42': ['007'], '1': ['007'] });
    expect(labelsOf('', 'x.yaml')).toEqual({});
  });

  it.each([
    ['one value', 'a,b\nonly\n', 'x.csv', 'x.csv:2: `host,group` expected, one value found'],
    ['too many values', 'a,b,c\n', 'x.csv', 'x.csv:1: `host,group` expected, 3 values found'],
    [
      'fewer than the heading has',
      'host,group,site\n\na,b\n',
      'x.csv',
      'x.csv:3: the 3 columns of the heading expected, 2 values found',
    ],
    ['an open quote', 'a,"b\n', 'x.csv', 'x.csv:1: a quote is not closed'],
    ['no host', ',b\n', 'x.csv', 'x.csv:1: a label needs a host'],
    ['no group', 'a,b\nc, \n', 'x.csv', 'x.csv:2: c has no group'],
    ['no YAML', 'a: [b\n', 'x.yaml', 'x.yaml:2: not valid YAML'],
    [
      'a list instead of a mapping',
      '\n- a\n',
      'x.yaml',
      'x.yaml:2: a mapping of groups to hosts is expected',
    ],
    ['a single host', 'a: [x]\nb: y\n', 'x.yml', 'x.yml:2: b: a list of hosts is expected'],
    [
      'a host that is none',
      'a:\n  - x\n  - {y: z}\n',
      'x.yaml',
      'x.yaml:3: a: the name of a host is expected',
    ],
    ['a group twice', 'a: [x]\na: [y]\n', 'x.yaml', 'x.yaml:2: not valid YAML'],
  ])('names file, line and reason for %s', (_what, text, path, message) => {
    const read = (): unknown => parsePeerLabels(text, path);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'OF_CONFIG_INVALID', exitCode: 2 }) as Error);
  });

  it('never fails otherwise, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('x.csv', 'x.yaml'), (text, path) => {
        try {
          for (const [host, groups] of parsePeerLabels(text, path)) {
            expect(host).not.toBe('');
            expect(groups.size).toBeGreaterThan(0);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(OutflowError);
          expect((error as OutflowError).message).toMatch(/^x\.(?:csv|yaml):\d+: ./);
        }
      }),
    );
  });
});

describe('host names', () => {
  it('compare without letter case and domain; addresses stay whole', () => {
    expect(['MBP-7.local', ' mbp-7 ', 'mbp-7.corp.example', '10.0.0.7', 'FE80::1'].map(hostKey)).toEqual([
      'mbp-7',
      'mbp-7',
      'mbp-7',
      '10.0.0.7',
      'fe80::1',
    ]);
  });
});

describe('groups discovered from what hosts run', () => {
  const fleet = Array.from({ length: 10 }, (_, at) => `h${at}`);
  const brew = (name: string, ...hosts: number[]): SeenProgram => ({
    ...{ executable: `/opt/homebrew/bin/${name}`, name, signer: 'ad_hoc', signing_id: name, team_id: '' },
    hosts: hosts.map((at) => `h${at}`),
  });
  const vendor = (signing_id: string, team_id: string, ...hosts: number[]): SeenProgram => ({
    ...{
      executable: '/Applications/A.app/Contents/MacOS/A',
      name: 'A',
      signer: 'developer_id',
      signing_id,
      team_id,
    },
    hosts: hosts.map((at) => `h${at}`),
  });
  const code = (...hosts: number[]): SeenProgram => vendor('com.microsoft.VSCode', 'UBF8T346G9', ...hosts);
  const figma = (...hosts: number[]): SeenProgram => vendor('com.figma.Desktop', 'T8RA8NE3B7', ...hosts);

  const groups = (...programs: SeenProgram[]): Record<string, readonly string[]> =>
    Object.fromEntries(discoverGroups(programs, fleet, 5));

  it('calls two development tools a developer, one studio program creative, the rest general', () => {
    const found = groups(brew('kubectl', 1, 2), code(1, 3), figma(1, 4));
    expect(found).toMatchObject({
      h1: ['creative', 'developer'],
      h2: ['general'],
      h3: ['general'],
      h4: ['creative'],
      h0: ['general'],
    });
  });

  it('learns nothing from what most of the fleet runs', () => {
    const found = groups(brew('kubectl', 0, 1, 2, 3, 4, 5), code(1), brew('npm', 1, 2));
    expect(found).toMatchObject({ h0: ['general'], h1: ['developer'], h2: ['general'] });
  });

  it('groups nobody in a small fleet', () => {
    expect([...discoverGroups([figma(1)], ['h1', 'h2'], 5).values()]).toEqual([[], []]);
  });

  it('does not depend on the order of what it is given', () => {
    const programs = [brew('kubectl', 1, 2), code(1, 3), brew('npm', 3, 4), figma(2), brew('docker', 4)];
    const expected = groups(...programs);
    fc.assert(
      fc.property(fc.shuffledSubarray(programs, { minLength: programs.length }), (shuffled) => {
        expect(groups(...shuffled)).toEqual(expected);
      }),
    );
  });
});

describeEngines('peer groups of a store', ({ open, newTarget }) => {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-peers-'));
  let store: Store;

  beforeAll(async () => {
    store = await open(newTarget());
    const programs = [
      { host: 'id-1', name: 'kubectl' },
      { host: 'id-1', name: 'npm' },
      { host: 'id-2', name: 'npm' },
      ...['id-3', 'id-4', 'id-5', 'id-6'].map((host) => ({ host, name: 'Safari' })),
    ];
    for (const [at, { host, name }] of programs.entries()) {
      const seen_on = dayNo(at % 3);
      const identity = String(name.length);
      const common = { seen_on, process_id: String(at + 1) };
      await store.insert('day_traffic', [
        {
          ...common,
          host_id: host,
          actor_id: '1',
          actor: name,
          identity,
          by_identity: '0',
          bytes_out: '1',
          connections: '1',
        },
      ]);
      await store.insert('day_owners', [
        { ...common, host_id: host, name, executable: `/opt/homebrew/bin/${name}` },
      ]);
      await store.insert('day_identities', [
        { seen_on, identity, actor: name, signer: 'ad_hoc', signing_id: name, team_id: '' },
      ]);
    }
    await store.insert('day_telemetry', [
      {
        seen_on: dayNo(2),
        host_id: 'id-1',
        first_ts: `${dayNo(2)} 00:00:00`,
        last_ts: `${dayNo(2)} 00:00:00`,
      },
    ]);
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const peers = configWith().peers;

  it('discovers them from what was run', async () => {
    const groupOf = await loadPeerGroups(store, configWith());
    expect(['id-1', 'id-2', 'id-3', 'nobody'].map((id) => groupOf(id, ''))).toEqual([
      ['developer'],
      ['general'],
      ['general'],
      [],
    ]);
    const none = await loadPeerGroups(store, configWith({ peers: { ...peers, discover: false } }));
    expect(none('id-1', 'MBP-1')).toEqual([]);
  });

  it('believes labels first, by name or id', async () => {
    const labels = join(directory, 'labels.csv');
    writeFileSync(labels, 'mbp-1,studio\nID-2,sales\n');
    const groupOf = await loadPeerGroups(
      store,
      configWith({
        peers: { ...peers, labels, groups: [{ name: 'pilot', hosts: ['mbp-1.local', 'id-3'] }] },
      }),
    );
    expect(groupOf('id-1', 'MBP-1.corp.example')).toEqual(['pilot', 'studio']);
    expect(groupOf('id-2', '')).toEqual(['sales']);
    expect(groupOf('id-3', '')).toEqual(['pilot']);
    expect(groupOf('id-4', '')).toEqual(['general']);
  });

  it('says which label file is missing', async () => {
    const labels = join(directory, 'none.csv');
    await expect(loadPeerGroups(store, configWith({ peers: { ...peers, labels } }))).rejects.toMatchObject({
      code: 'OF_CONFIG_UNREADABLE',
    });
  });
});
