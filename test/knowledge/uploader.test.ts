import { describe, expect, it } from 'vitest';
import type { Signer } from '../../src/ground/vocabulary.js';
import { identityDrift, matchUploader } from '../../src/knowledge/index.js';

interface Given {
  readonly signer?: Signer;
  readonly teamId?: string;
  readonly signingId?: string;
  readonly executable?: string;
  readonly name?: string;
}

const identity = (given: Given) => ({
  signer: 'unknown' as Signer,
  teamId: '',
  signingId: '',
  executable: '',
  name: '',
  ...given,
});
const match = (given: Given) => matchUploader(identity(given));
const drift = (given: Given) => identityDrift(identity(given));

const APSD = '/System/Library/PrivateFrameworks/ApplePushService.framework/apsd';
const DROPBOX = '/Applications/Dropbox.app/Contents/MacOS/Dropbox';

describe('matchUploader', () => {
  it.each<[string, Given, string, boolean]>([
    [
      'Apple daemon',
      { signer: 'apple_platform', signingId: 'com.apple.apsd', executable: APSD },
      'apple.apsd',
      true,
    ],
    [
      'Apple daemon moved by an update',
      { signer: 'apple_platform', executable: '/usr/libexec/apsd' },
      'apple.apsd',
      true,
    ],
    [
      'Apple daemon without a path',
      { signer: 'apple_platform', name: 'nsurlsessiond' },
      'apple.nsurlsessiond',
      true,
    ],
    ['right path, signing unknown', { executable: APSD }, 'apple.apsd', false],
    ['name only', { name: 'mDNSResponder' }, 'apple.mdnsresponder', false],
    ['name cut by the kernel', { name: 'com.apple.WebKi' }, 'apple.safari', false],
    [
      'vendor',
      {
        signer: 'developer_id',
        teamId: 'G7HH3F8CAK',
        signingId: 'com.getdropbox.dropbox',
        executable: DROPBOX,
      },
      'sync.dropbox',
      true,
    ],
    [
      'vendor helper',
      {
        signer: 'developer_id',
        teamId: 'EQHXZ8M8AV',
        signingId: 'com.google.Chrome.helper',
        executable: '/Applications/Google Chrome.app/x/Google Chrome Helper',
      },
      'browser.chrome',
      true,
    ],
    [
      'one Team ID, many products',
      { signer: 'developer_id', teamId: 'UBF8T346G9', signingId: 'com.microsoft.OneDrive' },
      'sync.onedrive',
      true,
    ],
    [
      'one Team ID, many products',
      { signer: 'developer_id', teamId: 'UBF8T346G9', signingId: 'com.microsoft.teams2' },
      'conf.teams',
      true,
    ],
    [
      'longest id wins',
      { signer: 'developer_id', teamId: '483DWKW443', signingId: 'com.jamf.protect.security-extension' },
      'edr.jamfprotect',
      true,
    ],
    [
      'Team ID and id, class unknown',
      { teamId: 'BQR82RBBHL', signingId: 'com.tinyspeck.slackmacgap' },
      'conf.slack',
      false,
    ],
    [
      'Team ID and name of a command line tool',
      { signer: 'developer_id', teamId: 'JKFCB4CN7C', signingId: 'agent', name: 'agent' },
      'edr.datadog',
      true,
    ],
    [
      'App Store build without Team ID',
      { signer: 'app_store', signingId: 'net.whatsapp.WhatsApp' },
      'conf.whatsapp',
      true,
    ],
    ['vendor by path when nothing else is known', { executable: DROPBOX }, 'sync.dropbox', false],
    [
      'Homebrew git',
      { signer: 'ad_hoc', executable: '/opt/homebrew/Cellar/git/2.51.0/bin/git' },
      'dev.git',
      false,
    ],
    [
      "Apple's git",
      { signer: 'apple', executable: '/Library/Developer/CommandLineTools/usr/bin/git' },
      'dev.git',
      true,
    ],
  ])('%s', (_title, given, id, certain) => {
    expect(match(given)).toMatchObject({ id, certain });
  });

  it.each<[string, Given]>([
    ['nothing known', {}],
    [
      'unsigned program with a daemon name',
      { signer: 'unsigned', executable: '/Library/WebServer/share/httpd/manual/WindowServer' },
    ],
    ['unsigned program in place of a daemon', { signer: 'unsigned', executable: APSD }],
    ['daemon name elsewhere, signing unknown', { executable: '/Users/a/Library/apsd' }],
    [
      'Apple binary copied elsewhere',
      { signer: 'apple_platform', signingId: 'com.apple.curl', executable: '/tmp/apsd' },
    ],
    [
      'daemon name with a vendor signature',
      { signer: 'developer_id', teamId: 'ABCDE12345', executable: APSD },
    ],
    [
      'replaced app',
      {
        signer: 'ad_hoc',
        signingId: 'Discord',
        executable: '/Applications/Discord.app/Contents/MacOS/Discord',
      },
    ],
    [
      'right id, wrong Team ID',
      {
        signer: 'developer_id',
        teamId: 'ABCDE12345',
        signingId: 'com.getdropbox.dropbox',
        executable: DROPBOX,
      },
    ],
    [
      'right Team ID, another product',
      { signer: 'developer_id', teamId: 'EQHXZ8M8AV', signingId: 'com.google.somethingnew' },
    ],
    ['invalid signature', { signer: 'invalid', teamId: 'G7HH3F8CAK', signingId: 'com.getdropbox.dropbox' }],
    ['common name only', { name: 'node' }],
    ['vendor name in a temporary place', { executable: '/private/tmp/Dropbox' }],
    ['unsigned git in Downloads', { signer: 'unsigned', executable: '/Users/a/Downloads/git' }],
  ])('not: %s', (_title, given) => {
    expect(match(given)).toBeUndefined();
  });

  it('excuses features, never an app', () => {
    const chrome = match({ signer: 'developer_id', teamId: 'EQHXZ8M8AV', signingId: 'com.google.Chrome' });
    expect(chrome?.browser).toBe(true);
    expect(chrome?.excuses.has('volume')).toBe(false);
    const dropbox = match({
      signer: 'developer_id',
      teamId: 'G7HH3F8CAK',
      signingId: 'com.getdropbox.dropbox',
    });
    expect(dropbox).toMatchObject({ destinationBound: true, carrier: false });
    expect(dropbox?.excuses.has('volume')).toBe(true);
    expect(dropbox?.excuses.has('periodicity')).toBe(false);
    expect(dropbox?.destinations).toContain('dropbox.com');
  });

  it('marks carriers and delegates', () => {
    const docker = match({ signer: 'developer_id', teamId: '9BNSXJN65R', signingId: 'com.docker.backend' });
    expect(docker?.carrier).toBe(true);
    expect(docker?.excuses.size).toBe(0);
    const zscaler = match({ signer: 'developer_id', teamId: 'PCBCQZJ7S7', signingId: 'com.zscaler.tunnel' });
    expect(zscaler?.carrier && zscaler.excuses.has('volume')).toBe(true);
    const sessions = match({ signer: 'apple_platform', executable: '/usr/libexec/nsurlsessiond' });
    expect(sessions).toMatchObject({ delegate: true, destinationBound: true });
  });

  it('bounds what it excuses', () => {
    const diagnostics = match({ signer: 'apple_platform', name: 'analyticsd' });
    expect(diagnostics?.limits.dailyBytesOut).toBe(200_000_000);
    expect(match({ signer: 'apple_platform', name: 'apsd' })?.limits.dailyBytesOut).toBeUndefined();
  });
});

describe('identityDrift', () => {
  it.each<[string, Given, string, string]>([
    [
      'unsigned WindowServer',
      { signer: 'unsigned', executable: '/Library/WebServer/share/httpd/manual/WindowServer' },
      'apple.system',
      'signer',
    ],
    [
      'WindowServer outside the system, signing unknown',
      { executable: '/Users/a/Library/Application Support/WindowServer' },
      'apple.system',
      'path',
    ],
    [
      'daemon name signed by a vendor',
      { signer: 'developer_id', teamId: 'ABCDE12345', executable: '/Users/a/nsurlsessiond' },
      'apple.nsurlsessiond',
      'signer',
    ],
    [
      'borrowed Apple id',
      { signer: 'ad_hoc', signingId: 'com.apple.updater', executable: '/Users/a/x' },
      'apple.system',
      'signer',
    ],
    [
      'replaced Discord',
      {
        signer: 'ad_hoc',
        signingId: 'Discord',
        executable: '/Applications/Discord.app/Contents/MacOS/Discord',
      },
      'conf.discord',
      'signer',
    ],
    [
      'Dropbox by somebody else',
      { signer: 'developer_id', teamId: 'ABCDE12345', signingId: 'x', executable: DROPBOX },
      'sync.dropbox',
      'signer',
    ],
    [
      "vendor's id without its certificate",
      { signer: 'ad_hoc', signingId: 'com.google.Chrome.helper', executable: '/Users/a/h' },
      'browser.chrome',
      'signer',
    ],
    [
      'broken signature',
      { signer: 'invalid', teamId: 'G7HH3F8CAK', signingId: 'com.getdropbox.dropbox', executable: DROPBOX },
      'sync.dropbox',
      'signer',
    ],
  ])('%s', (_title, given, id, by) => {
    expect(drift(given)).toMatchObject({ id, by });
  });

  it.each<[string, Given]>([
    ['nothing known', {}],
    ['the real one', { signer: 'apple_platform', executable: APSD, signingId: 'com.apple.apsd' }],
    ['the real one, signing unknown', { executable: APSD }],
    [
      'the real app',
      {
        signer: 'developer_id',
        teamId: 'G7HH3F8CAK',
        signingId: 'com.getdropbox.dropbox',
        executable: DROPBOX,
      },
    ],
    ['a name only', { name: 'WindowServer' }],
    [
      'Homebrew curl',
      { signer: 'ad_hoc', signingId: 'curl', executable: '/opt/homebrew/Cellar/curl/8.16.0/bin/curl' },
    ],
    ['Homebrew node', { signer: 'ad_hoc', signingId: 'node', executable: '/opt/homebrew/bin/node' }],
    [
      'Homebrew syncthing',
      { signer: 'ad_hoc', signingId: 'syncthing', executable: '/opt/homebrew/bin/syncthing' },
    ],
    [
      'Parsec',
      {
        signer: 'developer_id',
        teamId: 'Y9MY52XZDB',
        signingId: 'parsecd',
        executable: '/Users/a/.parsec/parsecd',
      },
    ],
    [
      'an unrelated app',
      {
        signer: 'developer_id',
        teamId: 'ABCDE12345',
        signingId: 'com.example.app',
        executable: '/Applications/Example.app/Contents/MacOS/Example',
      },
    ],
    [
      'a sharp new product of a known vendor',
      {
        signer: 'developer_id',
        teamId: 'EQHXZ8M8AV',
        signingId: 'com.google.new',
        executable: '/Applications/New.app/Contents/MacOS/New',
      },
    ],
  ])('not: %s', (_title, given) => {
    expect(drift(given)).toBeUndefined();
  });
});
