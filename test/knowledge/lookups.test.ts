import { describe, expect, it } from 'vitest';
import {
  attackObjects,
  classifyDestination,
  dualUse,
  interpreterScript,
  isShell,
  pathClass,
} from '../../src/knowledge/index.js';

describe('classifyDestination', () => {
  it.each([
    ['gofile.io', 'file_drop'],
    ['store4.gofile.io', 'file_drop'],
    ['GoFile.IO.', 'file_drop'],
    ['termbin.com', 'paste'],
    ['api.telegram.org', 'webhook'],
    ['web.telegram.org', 'messaging'],
    ['hooks.slack.com', 'webhook'],
    ['files.slack.com', 'messaging'],
    ['connect.eu.ngrok-agent.com', 'tunnel'],
    ['region1.v2.argotunnel.com', 'tunnel'],
    ['api.pcloud.com', 'cloud_sync'],
    ['g.api.mega.co.nz', 'cloud_sync'],
    ['bucket.s3.eu-central-1.amazonaws.com', 'cloud_storage'],
    ['checkip.amazonaws.com', 'ip_lookup'],
    ['acct.blob.core.windows.net', 'cloud_storage'],
    ['proxyjs.brdtnet.com', 'proxyware'],
    ['relay-1.net.anydesk.com', 'remote_access'],
    ['gist.github.com', 'paste'],
    ['github.com', 'code_host'],
    ['x.duckdns.org', 'dynamic_dns'],
    ['api.openai.com', 'llm_api'],
    ['generativelanguage.googleapis.com', 'llm_api'],
    ['storage.googleapis.com', 'cloud_storage'],
    ['router.bittorrent.com', 'torrent'],
    ['register.akamaized.ca', 'proxyware'],
    ['45.142.122.92', 'malware'],
  ])('%s is %s', (domain, kind) => {
    expect(classifyDestination(domain)?.kind).toBe(kind);
  });

  it.each(['', '.', 'notgofile.io', 'gofile.io.example', 'example.com', 'io', 'com', 'mega', '203.0.113.7'])(
    '%j is nothing',
    (domain) => expect(classifyDestination(domain)).toBeUndefined(),
  );

  it('falls back to the address', () => {
    expect(classifyDestination('', '45.142.122.92')?.kind).toBe('malware');
    expect(classifyDestination('example.com', '203.0.113.7')).toBeUndefined();
  });

  it('names whose software it belongs to', () => {
    expect(classifyDestination('api.pcloud.com')?.owner).toEqual({
      uploaders: ['sync.pcloud'],
      teamIds: ['KSTWHH4JHP'],
    });
    expect(classifyDestination('gofile.io')?.owner).toBeUndefined();
  });
});

describe('pathClass', () => {
  it.each([
    ['/usr/bin/curl', 'system'],
    ['/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder', 'system'],
    ['/System/Volumes/Data/Users/a/Downloads/x', 'downloads'],
    ['/Applications/Slack.app/Contents/MacOS/Slack', 'applications'],
    ['/opt/homebrew/Cellar/rclone/1.71.0/bin/rclone', 'homebrew'],
    ['/usr/local/bin/x', 'homebrew'],
    ['/nix/store/abc-telegram/bin/.Telegram-wrapped', 'homebrew'],
    ['/Users/a/Applications/X.app/Contents/MacOS/X', 'user_applications'],
    ['/Users/a/Library/Application Support/X/helper', 'library_support'],
    ['/Library/Application Support/JAMF/Jamf.app/Contents/MacOS/x', 'library_support'],
    ['/Library/PrivilegedHelperTools/x', 'applications'],
    ['/Users/a/Library/Developer/Xcode/DerivedData/App/Build/x', 'developer_build'],
    ['/Users/a/work/target/debug/x', 'developer_build'],
    ['/Users/a/.cargo/bin/x', 'developer_build'],
    ['/private/var/folders/ab/cd/T/go-build123/b001/exe/x', 'developer_build'],
    ['/private/tmp/x', 'temporary'],
    ['/tmp/.x', 'temporary'],
    ['/private/var/folders/ab/cd/T/AppTranslocation/x', 'temporary'],
    ['/Users/a/Downloads/x', 'downloads'],
    ['/Volumes/Installer/x', 'volume'],
    ['/Users/Shared/.sld', 'hidden'],
    ['/Users/a/.cache/x', 'hidden'],
    ['/opt/.cargo/x', 'hidden'],
    ['/Applications/.x/y', 'hidden'],
    ['/Users/a/x', 'other'],
    ['/Library/WebServer/share/httpd/manual/WindowServer', 'other'],
    ['relative/x', 'other'],
    ['', 'other'],
  ])('%s is %s', (path, expected) => expect(pathClass(path)).toBe(expected));
});

describe('dualUse', () => {
  it.each([
    ['/usr/bin/curl', '', 'transfer'],
    ['/tmp/x', 'com.apple.curl', 'transfer'],
    ['/bin/zsh', '', 'shell'],
    ['/opt/homebrew/bin/python3.12', '', 'interpreter'],
    [
      '/Library/Frameworks/Python.framework/Versions/3.13/Resources/Python.app/Contents/MacOS/Python',
      '',
      'interpreter',
    ],
    ['/usr/bin/osascript', '', 'interpreter'],
    ['/usr/bin/ssh', '', 'remote_shell'],
    ['/usr/local/bin/aws', '', 'cloud_cli'],
    ['/usr/bin/ditto', '', 'archiver'],
    ['/Applications/Slack.app/Contents/MacOS/Slack', '', undefined],
    ['/usr/local/bin/curlew', '', undefined],
    ['', '', undefined],
  ])('%s %s is %s', (executable, signingId, role) => {
    expect(dualUse({ executable, signingId, name: '' })).toBe(role);
  });

  it('knows login shells', () => {
    expect(isShell({ executable: '', name: '-zsh', signingId: '' })).toBe(true);
    expect(isShell({ executable: '', name: 'ssh', signingId: '' })).toBe(false);
  });
});

describe('interpreterScript', () => {
  it.each([
    [['python3', 'a.py', '-c', 'x'], 'a.py'],
    [['python3', '-u', '-W', 'ignore', 'a.py'], 'a.py'],
    [['python3', '-m', 'http.server'], 'http.server'],
    [['python3', '-mhttp.server'], 'http.server'],
    [['python3', '-c', 'print(1)'], '-c'],
    [['python3', '-Ic', 'print(1)'], '-c'],
    [['python3'], undefined],
    [['python3', '-'], undefined],
    [['/bin/bash', '-l', '/Users/a/x.sh'], '/Users/a/x.sh'],
    [['bash', '-o', 'pipefail', '-c', 'ls'], '-c'],
    [['bash', '-euxo', 'pipefail', 'x.sh'], 'x.sh'],
    [['sh', '-c', 'ls', 'x.sh'], '-c'],
    [['-zsh'], undefined],
    [['zsh', '--', '-odd.sh'], '-odd.sh'],
    [['node', '--require', 'x.js', 'server.js', '--port'], 'server.js'],
    [['node', '-e', '1'], '-c'],
    [['deno', 'run', '-A', 'x.ts'], 'x.ts'],
    [['ruby', '-W0', 'x.rb'], 'x.rb'],
    [['perl', '-w', 'x.pl'], 'x.pl'],
    [['perl', '-ne', 'print'], '-c'],
    [['osascript', '-l', 'JavaScript', 'x.js'], 'x.js'],
    [['osascript', '-e', 'beep'], '-c'],
    [['java', '-Xmx1g', '-jar', 'x.jar'], 'x.jar'],
    [['java', '-cp', 'a:b', 'Main'], 'Main'],
    [[], undefined],
  ])('%j runs %s', (args, script) => expect(interpreterScript(args)).toBe(script));
});

describe('attackObjects', () => {
  it('maps AN0082 to its strategy and technique alone', () => {
    const objects = attackObjects();
    expect(objects.analytic.id).toBe('AN0082');
    expect(objects.strategy.id).toBe('DET0028');
    expect(objects.technique).toMatchObject({ id: 'T1496.002', tactics: ['impact'] });
    expect(objects.analytic.mutable_elements).toEqual(['ProcessSignedStatus', 'DataRateThreshold']);
    expect(objects.related.map((related) => related.technique)).toEqual(
      expect.arrayContaining(['T1041', 'T1048', 'T1567', 'T1572']),
    );
    expect(objects.related.map((related) => related.technique)).not.toContain('T1496.002');
  });
});
