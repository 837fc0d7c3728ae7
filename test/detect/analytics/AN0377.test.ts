import { describe, expect, it } from 'vitest';
import { ANALYTICS, INDICATORS as ALL } from '../../../src/detect/analytics/registry.js';
import { AN0377 } from '../../../src/detect/analytics/AN0377/analytic.js';
import { TUNNEL_DOMAINS } from '../../../src/detect/analytics/AN0377/place.js';
import type { Judgement } from '../../../src/detect/analytic.js';
import { severityOf } from '../../../src/detect/score.js';
import type { Destination, SubjectProcess } from '../../../src/detect/subject.js';
import { classifyDestination } from '../../../src/knowledge/classify-destination.js';
import { loadConfig } from '../../../src/service/load-config.js';
import { aContext, aDestination, anUploader, aSubject, CONFIG } from '../../support/subject.js';

const HOUR = 3600;
const TERMINAL = '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal';

const ancestor = (executable: string, more: object = {}): SubjectProcess['ancestors'][number] => ({
  executable,
  signer: 'apple_platform',
  signingId: '',
  teamId: '',
  shell: false,
  ...more,
});
const zsh = ancestor('/bin/zsh', { shell: true });

/** Microsoft's own `code-tunnel tunnel`, from a terminal. */
const TUNNEL: Partial<SubjectProcess> = {
  name: 'code-tunnel',
  executable: '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code-tunnel',
  args: ['code-tunnel', 'tunnel', '--accept-server-license-terms'],
  signingId: 'code-tunnel',
  teamId: 'UBF8T346G9',
  session: 'terminal',
  ancestors: [zsh, ancestor(TERMINAL)],
};
const COPY: Partial<SubjectProcess> = {
  name: 'code-tunnel',
  executable: '/Users/ada/.cache/code-tunnel',
  signer: 'ad_hoc',
  signingId: 'code-tunnel',
  teamId: '',
};
const LAUNCHD: Partial<SubjectProcess> = { session: 'none', ancestors: [ancestor('/sbin/launchd')] };
const SCRIPT: Partial<SubjectProcess> = {
  session: 'none',
  ancestors: [zsh, ancestor('/usr/bin/osascript'), ancestor('/sbin/launchd')],
};

function session(hours: number, more: Partial<Destination> = {}): Destination {
  const remoteName = 'euw.rel.tunnels.api.visualstudio.com';
  return aDestination({
    key: 'visualstudio.com',
    remoteName,
    service: classifyDestination(remoteName),
    maxDuration: hours * HOUR,
    totalDuration: hours * HOUR,
    maxDayHours: Math.ceil(hours),
    bytesOut: 4e6,
    bytesIn: 3e6,
    ...more,
  });
}

const hidden = (hours: number): Destination =>
  session(hours, { key: 'unknown:443', named: false, remoteName: '', ips: [], service: undefined });

interface Given {
  readonly process?: Partial<SubjectProcess>;
  readonly destinations?: readonly Destination[];
  readonly actorHosts?: number;
  readonly fleetHosts?: number;
  readonly uploader?: ReturnType<typeof anUploader>;
  readonly config?: typeof CONFIG;
}

function judge(given: Given): Judgement | undefined {
  const process = { ...TUNNEL, ...given.process };
  const subject = aSubject(given.destinations ?? [session(9)], {
    process,
    signer: process.signer ?? 'developer_id',
    actorHosts: given.actorHosts ?? 1,
    ...(given.uploader === undefined ? {} : { uploader: given.uploader }),
  });
  return AN0377.judge(subject, contextOf(given));
}

const contextOf = ({ fleetHosts = 30, config = CONFIG }: Given) => aContext({ fleetHosts, config });
const severity = (judgement: Judgement | undefined): string =>
  judgement === undefined ? 'nothing' : severityOf(judgement.risk, CONFIG);
const ids = (judgement: Judgement | undefined): string[] =>
  (judgement?.indicators ?? []).map(({ id }) => id).sort();

describe('how bad a tunnel is', () => {
  it.each<[string, Given, string]>([
    ['from a terminal, on this Mac alone', {}, 'medium'],
    ['from a terminal, where the team does', { actorHosts: 7 }, 'low'],
    ['brought back by launchd', { process: LAUNCHD }, 'high'],
    ['started by a script', { process: SCRIPT }, 'high'],
    ['a copy nobody signed, from a terminal', { process: COPY }, 'high'],
    ['a copy nobody signed, brought back by launchd', { process: { ...COPY, ...LAUNCHD } }, 'high'],
    [
      'brought back by launchd, although the team does it by hand',
      { process: LAUNCHD, actorHosts: 7 },
      'medium',
    ],
    ['open for minutes', { destinations: [session(0.2)] }, 'low'],
    [
      'open for minutes, where the team does',
      { destinations: [session(0.2)], actorHosts: 7 },
      'informational',
    ],
    ['to an address the telemetry hides', { destinations: [hidden(9)] }, 'low'],
    [
      'to a hidden address, brought back by launchd',
      { destinations: [hidden(9)], process: LAUNCHD },
      'medium',
    ],
    ['told to open, nothing connected', { destinations: [] }, 'informational'],
    ['alone in the telemetry', { fleetHosts: 1 }, 'medium'],
  ])('%s', (_what, given, expected) => {
    expect(severity(judge(given))).toBe(expected);
  });

  it('is worse the longer it is held, and told as open while it is', () => {
    const risks = [0.5, 5, 9, 20].map((hours) => judge({ destinations: [session(hours)] })!.risk);
    expect(risks).toEqual([...new Set(risks)].sort((a, b) => a - b));
    const open = judge({ destinations: [session(9, { open: true })] })!;
    expect(open.indicators.find(({ id }) => id === 'tunnel_session')?.text).toMatch(
      /^The tunnel is still open after 9 h/,
    );
  });

  it('counts a session in pieces as one that comes back', () => {
    const pieces = session(0.4, {
      totalDuration: 8 * HOUR,
      maxDayHours: 9,
      maxDayConnections: 20,
      gap: { p50: 1500, mad: 60 },
    });
    expect(ids(judge({ destinations: [pieces] }))).toContain('tunnel_reconnects');
    const config = loadConfig({ analytics: { AN0377: { reconnect_seconds: 600 } } });
    expect(ids(judge({ destinations: [pieces], config }))).not.toContain('tunnel_reconnects');
  });

  it('is never critical by one indicator, nor a finding by one', () => {
    for (const { id } of AN0377.indicators) {
      const weights = Object.fromEntries(AN0377.indicators.map((one) => [one.id, one.id === id ? 3 : 0]));
      const alone = judge({
        process: { ...COPY, ...LAUNCHD },
        config: loadConfig({ indicators: { weights } }),
      });
      expect(severity(alone)).toMatch(/^(?:nothing|informational)$/);
    }
  });
});

describe('who it is', () => {
  const editor = {
    executable: '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    name: 'Electron',
    signingId: 'com.microsoft.VSCode',
  };

  it.each<[string, Partial<SubjectProcess>]>([
    [
      'the command line that is downloaded alone',
      { executable: '/usr/local/bin/code', name: 'code', args: ['code', 'tunnel'] },
    ],
    [
      'the same by name where nobody reports the signer',
      { ...unsigned('/opt/x/code'), args: ['code', 'tunnel', '--name', 'a'] },
    ],
    [
      'devtunnel host',
      { ...unsigned('/opt/homebrew/bin/devtunnel'), args: ['devtunnel', 'host', '-p', '22'] },
    ],
    ['an editor told so by option', { ...editor, args: ['Electron', '--tunnel'] }],
    ['a remote that is a tunnel', { ...editor, args: ['Electron', '--remote', 'tunnel+there'] }],
    ['a tunnel of which nobody saw what it was told', { args: [] }],
    [
      'renamed, by its signing id',
      { executable: '/Users/ada/.local/bin/updater', name: 'updater', args: ['updater', 'tunnel'] },
    ],
    [
      'JetBrains',
      { ...unsigned('/opt/ide/bin/remote-dev-server.sh'), args: ['remote-dev-server.sh', 'run', '/src'] },
    ],
  ])('a tunnel: %s', (_what, process) => {
    expect(judge({ process })).toBeDefined();
  });

  it.each<[string, Given]>([
    ['an editor at a tunnel service (Live Share)', { process: { ...editor, args: ['Electron'] } }],
    [
      'an editor over ssh',
      { process: { ...editor, args: ['Electron', '--remote', 'ssh-remote+dev.example', '/src'] } },
    ],
    [
      'the same with an equals sign',
      { process: { ...editor, args: ['Electron', '--remote=ssh-remote+dev.example'] } },
    ],
    [
      'a file called tunnel',
      { process: { ...unsigned('/usr/local/bin/code'), args: ['code', 'notes', 'tunnel'] } },
    ],
    ['signing in', { process: { args: ['code-tunnel', 'tunnel', 'user', 'login'] } }],
    ['removing the service', { process: { args: ['code-tunnel', 'tunnel', 'service', 'uninstall'] } }],
    [
      'devtunnel as the other end',
      { process: { ...unsigned('/opt/bin/devtunnel'), args: ['devtunnel', 'connect', 'x'] } },
    ],
    [
      'a program of that name by another vendor',
      {
        process: {
          ...unsigned('/Applications/Code.app/Contents/MacOS/code'),
          teamId: 'OTHER12345',
          signer: 'developer_id',
          args: ['code', 'tunnel'],
        },
        destinations: [],
      },
    ],
    [
      'a browser that shows a tunnel',
      {
        process: {
          executable: '/Applications/Browser.app/Contents/MacOS/Browser',
          signingId: 'b',
          teamId: 'X',
          args: [],
        },
        uploader: anUploader({ browser: true }),
      },
    ],
    [
      'a tunnel at its updates',
      {
        destinations: [
          aDestination({ key: 'vscode-cdn.net', remoteName: 'vscode-cdn.net', maxDuration: 9 * HOUR }),
        ],
        process: { executed: false },
      },
    ],
    [
      'a tunnel to the organisation itself',
      { destinations: [session(9, { internal: true })], process: { executed: false } },
    ],
  ])('nothing: %s', (_what, given) => {
    expect(judge(given)).toBeUndefined();
  });

  it('takes a stranger at a tunnel service for a copy', () => {
    const stranger = {
      executable: '/Users/ada/.local/bin/syncd',
      name: 'syncd',
      signer: 'ad_hoc',
      signingId: 'a.out',
      teamId: '',
      args: ['syncd'],
    } as const;
    const judgement = judge({ process: { ...stranger, ...LAUNCHD } });
    expect(severity(judgement)).toBe('medium');
    expect(ids(judgement)).toContain('tunnel_copy');
    expect(judge({ process: stranger, destinations: [hidden(9)] })).toBeUndefined();
  });

  it('finds the service behind another name of its domain, for programs that are tunnels', () => {
    const updates = session(9, { remoteName: 'update.code.visualstudio.com', service: undefined });
    expect(severity(judge({ destinations: [updates] }))).toMatch(/low|medium/);
  });

  function unsigned(executable: string): Partial<SubjectProcess> {
    return { executable, name: executable.split('/').at(-1)!, signer: 'unknown', signingId: '', teamId: '' };
  }
});

describe('who started it', () => {
  it.each<[string, Partial<SubjectProcess>, string[]]>([
    ['a terminal', {}, []],
    ['a terminal nobody reports the session of', { session: 'unknown' }, []],
    ['launchd', LAUNCHD, ['tunnel_persistence']],
    [
      'launchd through a shell',
      { session: 'none', ancestors: [zsh, ancestor('/sbin/launchd')] },
      ['tunnel_persistence'],
    ],
    [
      'launchd, known by path alone',
      { session: 'unknown', ancestors: [], parentExecutable: '/sbin/launchd' },
      ['tunnel_persistence'],
    ],
    [
      'the service itself',
      { args: ['code-tunnel', 'tunnel', 'service', 'internal-run'] },
      ['tunnel_persistence'],
    ],
    ['its own job', { executable: '/Users/ada/Library/LaunchAgents/code-tunnel' }, ['tunnel_persistence']],
    ['a script host', SCRIPT, ['tunnel_starter']],
    ['nobody knows', { session: 'unknown', ancestors: [], parentExecutable: '' }, []],
  ])('%s', (_what, process, expected) => {
    expect(ids(judge({ process })).filter((id) => /persistence|starter/.test(id))).toEqual(expected);
  });

  it('is who the configuration says', () => {
    const process = { session: 'unknown', ancestors: [ancestor('/opt/corp/Launcher')] } as const;
    expect(ids(judge({ process }))).toContain('tunnel_starter');
    const config = loadConfig({ analytics: { AN0377: { parents: ['launcher'] } } });
    expect(ids(judge({ process, config }))).not.toContain('tunnel_starter');
  });
});

describe('what it says', () => {
  it('names the mutable elements as ATT&CK does, with their values', () => {
    const config = loadConfig({ analytics: { AN0377: { persistence_hours: 6 } } });
    const tunables = AN0377.tunables(aSubject([]), config);
    expect(Object.keys(tunables)).toEqual(AN0377.attack.mutable_elements);
    expect(tunables).toMatchObject({ RemoteTunnelPersistence: 6, TunnelReconnectInterval: 3600 });
    expect(String(tunables['RemoteFlag'])).toContain('--tunnel');
  });

  it.each<[string, Given, RegExp, RegExp]>([
    [
      'a session',
      { process: LAUNCHD },
      /^code-tunnel \(Developer ID\) held a tunnel to Microsoft dev tunnels for 9 h/,
      /comes back by itself: launchd started it/,
    ],
    [
      'a command',
      { destinations: [] },
      /was told to open a tunnel; no connection seen yet$/,
      /Somebody at a screen started it/,
    ],
    [
      'a hidden place',
      { destinations: [hidden(9)], process: SCRIPT },
      /an address the telemetry hides/,
      /started by \/usr\/bin\/osascript/,
    ],
  ])('%s', (_what, given, title, summary) => {
    const told = AN0377.explain(judge(given)!, contextOf(given));
    expect(told.title).toMatch(title);
    expect(told.summary).toMatch(summary);
    expect(`${told.title} ${told.summary}`).not.toMatch(/undefined|null|NaN|\[object| {2}/);
  });

  it('lists other places that alone would be a finding, and only those', () => {
    const other = session(9, {
      key: 'devtunnels.ms',
      remoteName: 'x.devtunnels.ms',
      service: classifyDestination('x.devtunnels.ms'),
    });
    const update = aDestination({ key: 'vscode-cdn.net', remoteName: 'vscode-cdn.net' });
    const judgement = judge({ destinations: [session(20), other, update] })!;
    expect(judgement.destination?.key).toBe('visualstudio.com');
    expect(judgement.elsewhere).toEqual([other]);
  });

  it('refuses a configuration that makes no sense', () => {
    expect(() => loadConfig({ analytics: { AN0377: { persistence_hours: 0 } } })).toThrow(
      /persistence_hours/,
    );
    expect(() => loadConfig({ analytics: { AN0377: { persistence: 3 } } })).toThrow(/persistence/);
    expect(() => loadConfig({ analytics: { AN9999: {} } })).toThrow(/AN9999/);
  });
});

it('shares no id of an indicator with another analytic', () => {
  const all = ANALYTICS.flatMap(({ indicators }) => indicators.map(({ id }) => id));
  expect(new Set(all).size).toBe(all.length);
  expect(ALL).toHaveLength(all.length);
});

it('knows where tunnels of editors go', () => {
  expect(TUNNEL_DOMAINS).toEqual(['devtunnels.ms', 'tunnels.api.visualstudio.com']);
});
