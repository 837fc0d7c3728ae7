import { describe, expect, it } from 'vitest';
import {
  EXEC_ALONE_ARGUMENTS,
  EXEC_ALONE_NAMES,
  EXEC_ALONE_PATHS,
  EXEC_ALONE_SIGNING_IDS,
  EXEC_ALONE_SIGNING_PREFIXES,
  matchTool,
  mattersOnExec,
} from '../../src/knowledge/index.js';

interface Given {
  readonly executable?: string;
  readonly name?: string;
  readonly signingId?: string;
  readonly teamId?: string;
  readonly args?: readonly string[];
}

function match(given: Given) {
  return matchTool({ executable: '', name: '', signingId: '', teamId: '', args: [], ...given });
}

describe('matchTool', () => {
  it.each<[string, Given, string, string]>([
    [
      'proxyware by its helper id',
      { executable: '/tmp/x', signingId: 'io.luminati.sdk.net-updater' },
      'Bright SDK / Luminati embedded SDK',
      'signing_id',
    ],
    [
      'torrent client by id in any case',
      { signingId: 'ORG.qBittorrent.qbittorrent' },
      'qBittorrent',
      'signing_id',
    ],
    [
      'renamed torrent client',
      { executable: '/Users/a/.cache/helper', signingId: 'org.m0k.transmission' },
      'Transmission',
      'signing_id',
    ],
    [
      'ngrok by its certificate although its id is a.out',
      { executable: '/tmp/a', signingId: 'a.out', teamId: 'TEX8MHRDQ9' },
      'ngrok',
      'team_id',
    ],
    ['by path', { executable: '/Applications/Vuze.app/Contents/MacOS/JavaApplicationStub' }, 'Vuze', 'path'],
    ['by path in any case', { executable: '/applications/grass.app/contents/macos/grass' }, 'Grass', 'path'],
    ['Cellar version', { executable: '/opt/homebrew/Cellar/rclone/1.71.0/bin/rclone' }, 'rclone', 'name'],
    ['by name', { executable: '/usr/local/bin/cloudflared' }, 'cloudflared', 'name'],
    ['by reported name alone', { name: 'qbittorrent' }, 'qBittorrent', 'name'],
    [
      'renamed cloudflared by arguments',
      { executable: '/tmp/svc', args: ['svc', 'tunnel', 'run', '--token', 'abc'] },
      'cloudflared',
      'argv',
    ],
    [
      'renamed TraffMonetizer by arguments',
      { executable: '/tmp/Cli', args: ['./Cli', 'start', 'accept', '--token', 'abc='] },
      'TraffMonetizer',
      'argv',
    ],
    [
      'renamed chisel by arguments',
      { executable: '/tmp/c', args: ['c', 'client', 'https://s.example', 'R:socks'] },
      'chisel',
      'argv',
    ],
    [
      'MinIO client by verb',
      { executable: '/opt/homebrew/bin/mc', args: ['mc', 'mirror', '--watch', 'a', 'b/c'] },
      'MinIO client',
      'argv',
    ],
    [
      'aws s3',
      { executable: '/usr/local/bin/aws', args: ['aws', '--profile', 's3'] },
      'AWS CLI / s3cmd / s5cmd',
      'argv',
    ],
    [
      'script behind an interpreter',
      { executable: '/usr/bin/python3', args: ['python3', '/opt/homebrew/bin/wormhole', 'send', 'x'] },
      'magic-wormhole',
      'name',
    ],
    [
      'localtunnel under node',
      { executable: '/opt/homebrew/bin/node', args: ['node', '/opt/homebrew/bin/lt', '--port', '80'] },
      'bore / localtunnel / pagekite / serveo / localxpose / localtonet / PiTunnel / portmap',
      'argv',
    ],
    [
      'AdLoad payload by the shape of its path',
      { executable: '/Users/a/Library/Application Support/17254619283745/m' },
      'AdLoad "WaterNet" proxy payload',
      'path',
    ],
    [
      'trojan proxy named WindowServer',
      { executable: '/Users/a/Library/Application Support/WindowServer' },
      'Trojan-Proxy in cracked software (2023)',
      'path',
    ],
    [
      'VS Code only when it tunnels',
      { executable: '/usr/local/bin/code', args: ['code', 'tunnel'] },
      'VS Code tunnel / dev tunnels / JetBrains gateway',
      'argv',
    ],
    [
      'Parsec by certificate',
      { executable: '/Users/a/.parsec/parsecd', teamId: 'Y9MY52XZDB', signingId: 'parsecd' },
      'Parsec',
      'team_id',
    ],
    [
      'renamed Apple curl',
      { executable: '/tmp/x', signingId: 'com.apple.curl' },
      'curl (Apple)',
      'signing_id',
    ],
    [
      'proxyware in a container',
      {
        executable: '/usr/local/bin/docker',
        args: ['docker', 'run', '-d', 'traffmonetizer/cli_v2:latest', 'start'],
      },
      'TraffMonetizer',
      'argv',
    ],
  ])('%s', (_title, given, family, matchedOn) => {
    expect(match(given)).toMatchObject({ family, matchedOn });
  });

  it.each<[string, Given]>([
    ['nothing known', {}],
    ['a helper', { executable: '/Applications/Some.app/Contents/MacOS/helper' }],
    ['main', { executable: '/Users/a/work/main' }],
    ['an agent', { executable: '/usr/local/bin/agent', args: ['agent', 'server'] }],
    ['node', { executable: '/opt/homebrew/bin/node', signingId: 'node', args: ['node', 'server.js'] }],
    ['a Go program with the linker default id', { executable: '/Users/a/go/bin/tool', signingId: 'a.out' }],
    ['Midnight Commander', { executable: '/opt/homebrew/bin/mc', args: ['mc', '/Users'] }],
    ['GRASS GIS', { executable: '/opt/homebrew/bin/grass' }],
    [
      'real WindowServer',
      {
        executable: '/System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer',
        signingId: 'com.apple.WindowServer',
      },
    ],
    [
      "Apple's parsecd",
      {
        executable: '/System/Library/PrivateFrameworks/CoreParsec.framework/parsecd',
        signingId: 'com.apple.parsecd',
      },
    ],
    [
      'VS Code itself',
      {
        executable: '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
        signingId: 'com.microsoft.VSCode',
        teamId: 'UBF8T346G9',
      },
    ],
    [
      'an app support folder with a readable name',
      { executable: '/Users/a/Library/Application Support/Slack/helper' },
    ],
    ['look-alike name', { executable: '/usr/local/bin/notqbittorrent' }],
    ['aws without storage', { executable: '/usr/local/bin/aws', args: ['aws', 'ec2', 'describe-instances'] }],
    [
      'firefox',
      {
        executable: '/Applications/Firefox.app/Contents/MacOS/firefox',
        signingId: 'org.mozilla.firefox',
        teamId: '43AQ936H96',
      },
    ],
    [
      'a name with another vendor behind it',
      { executable: '/Applications/Transmission.app2/Transmission', teamId: 'ABCDE12345' },
    ],
    [
      'a fragment of the arguments',
      { executable: '/tmp/x', args: ['x', 'restart', 'accept', '--token', 'a'] },
    ],
  ])('not: %s', (_title, given) => {
    expect(match(given)).toBeUndefined();
  });

  it('keeps dual-use tools apart from denied ones', () => {
    expect(match({ name: 'curl' })?.policy).toBe('argv-gated');
    expect(match({ name: 'honeygain' })).toMatchObject({
      policy: 'deny',
      category: 'proxyware',
      techniques: ['T1090', 'T1496.002'],
    });
  });
});

describe('gates for starts without traffic', () => {
  it('let through what matters', () => {
    expect(EXEC_ALONE_NAMES).toEqual(
      expect.arrayContaining(['qbittorrent', 'ngrok', 'honeygain', 'tor', 'chisel']),
    );
    expect(EXEC_ALONE_SIGNING_IDS).toContain('org.m0k.transmission');
    expect(EXEC_ALONE_SIGNING_PREFIXES).toContain('io.luminati.sdk.');
    expect(EXEC_ALONE_PATHS).toContain('/vuze.app/');
    expect(EXEC_ALONE_ARGUMENTS).toEqual(['client', 'server', 'start', 'tunnel']);
  });

  it('leave out everyday tools', () => {
    for (const name of ['curl', 'ssh', 'rsync', 'aws', 'java', 'node', 'python3', 'teamviewer']) {
      expect(EXEC_ALONE_NAMES).not.toContain(name);
    }
    expect(mattersOnExec('file_transfer')).toBe(false);
    expect(mattersOnExec('torrent')).toBe(true);
  });

  it('are sorted, lower case and without repeats', () => {
    for (const gate of [EXEC_ALONE_NAMES, EXEC_ALONE_SIGNING_IDS, EXEC_ALONE_PATHS]) {
      expect([...gate]).toEqual([...new Set(gate)].sort());
      expect(gate.every((value) => value === value.toLowerCase())).toBe(true);
    }
  });
});
