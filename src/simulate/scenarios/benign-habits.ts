import { inventDomain } from '../invent.js';
import { DAY, HOUR, MINUTE, SECOND } from '../machine.js';
import { adHoc, apple, CHROME_HELPER, developerId, SHARINGD, SSH, VSCODE_HELPER } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

const link = (digits: string): string => `fe80::${digits}:71ff:fe20:9c1`;

/** Local copies, long sockets, exact cadences, odd hours: what looks like an attack and is daily life. */
export const BENIGN_HABITS: readonly Benign[] = [
  benign({
    id: 'B03',
    title: 'Migration to a new Mac',
    expected: 'none',
    uses: ['migration'],
    presence: 'active',
    campaign: 18_000,
    play: (stage) => {
      const process = stage.exec(
        apple(
          '/System/Library/PrivateFrameworks/SystemMigrationNetwork.framework/Versions/A/Resources/systemmigrationd',
          'com.apple.systemmigrationd',
        ),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: { name: '', ip: link(stage.random.hex(4)), port: 1024 },
        connections: 4,
        seconds: 15_000,
        out: stage.around(1e12),
        in: 5e9,
        campaign: 18_000,
        interface: 'bridge0',
      });
    },
  }),
  benign({
    id: 'B07',
    title: 'First local backup to a server',
    expected: 'none',
    uses: ['backupd'],
    presence: 'any',
    campaign: 172_800,
    play: (stage) => {
      const process = stage.through(
        ['backupd'],
        apple('/System/Library/CoreServices/TimeMachine/backupd', 'com.apple.backupd'),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: { name: '', ip: `192.168.1.${stage.random.integer(40, 90)}`, port: 445 },
        connections: 3,
        seconds: 30_000,
        out: stage.around(200e9),
        in: 2e9,
        campaign: 172_800,
      });
    },
  }),
  benign({
    id: 'B08',
    title: 'Build cache on loopback and the office network',
    expected: 'none',
    uses: ['bazel'],
    presence: 'active',
    campaign: 86_400,
    roles: ['developer'],
    play: (stage) => {
      const process = stage.exec(adHoc('/opt/homebrew/Cellar/bazelisk/1.20.0/bin/bazelisk', 'a.out'), {
        args: ['bazel', 'build', '//...'],
      });
      stage.send({
        from: process,
        to: { name: '', ip: '127.0.0.1', port: 9092 },
        connections: 900,
        seconds: 20,
        out: stage.around(25e9),
        in: 30e9,
        campaign: 30_000,
        interface: 'lo0',
      });
      stage.send({
        from: process,
        to: { name: '', ip: '10.20.9.20', port: 9092 },
        connections: 900,
        seconds: 20,
        out: stage.around(25e9),
        in: 30e9,
        campaign: 30_000,
      });
    },
  }),
  benign({
    id: 'B11',
    title: 'Agent with a new signing identity rolled out',
    expected: 'info',
    uses: ['rollout'],
    presence: 'any',
    campaign: 108_000,
    fleetWide: true,
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/Santa.app/Contents/Library/SystemExtensions/com.northpolesec.santa.daemon.systemextension/Contents/MacOS/com.northpolesec.santa.daemon',
          'com.northpolesec.santa.daemon',
          'ZMCG7MLDV9',
          'North Pole Security, Inc.',
        ),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: () => stage.named('santa-sync.{company}'),
        connections: 2,
        seconds: 50_000,
        out: stage.around(3e6),
        in: 20e6,
        campaign: 108_000,
      });
    },
  }),
  benign({
    id: 'B12',
    title: 'Application update changes path and hash',
    expected: 'none',
    uses: ['browser'],
    presence: 'active',
    campaign: 3600,
    play: (stage) => {
      const updated = developerId(
        CHROME_HELPER.executable.replace(/127\.[0-9.]+/, '128.0.6613.85'),
        'com.google.Chrome.helper',
        'EQHXZ8M8AV',
        'Google LLC',
        '2',
      );
      const process = stage.exec(updated, {
        args: [updated.executable, '--type=utility', '--utility-sub-type=network.mojom.NetworkService'],
      });
      stage.send({
        from: process,
        to: () =>
          stage.named(
            stage.random.pick([
              'www.google.com',
              'mail.google.com',
              'dl.google.com',
              `www.${inventDomain(stage.random)}`,
            ]),
          ),
        connections: 50,
        seconds: 60,
        out: stage.around(20e6),
        in: 300e6,
        campaign: 3600,
      });
    },
  }),
  benign({
    id: 'B13',
    title: 'Full-tunnel VPN for the working day',
    expected: 'none',
    uses: ['vpn'],
    presence: 'active',
    campaign: 32_400,
    play: (stage) => {
      const process = stage.through(
        ['cisco-vpn', 'globalprotect'],
        developerId(
          '/Library/SystemExtensions/8C1F5B0E-7A7B-4E57-8E6A-8D6B1E0C2F55/com.cisco.anyconnect.macos.acsockext.systemextension/Contents/MacOS/com.cisco.anyconnect.macos.acsockext',
          'com.cisco.anyconnect.macos.acsockext',
          'DE8Y96K9QP',
          'Cisco Systems, Inc.',
        ),
        { user: 'root' },
      );
      stage.connect(process, {
        at: stage.start,
        seconds: stage.around(32_400, 1.2),
        out: stage.around(12e9),
        in: 25e9,
        to: stage.named('vpn.{company}'),
        transport: 'udp',
      });
    },
  }),
  benign({
    id: 'B15',
    title: 'AirDrop to the own tablet',
    expected: 'info',
    uses: ['sharingd'],
    presence: 'active',
    campaign: 600,
    play: (stage) => {
      const process = stage.through(['sharingd'], SHARINGD);
      stage.send({
        from: process,
        to: { name: '', ip: link(stage.random.hex(4)), port: 8770 },
        connections: 2,
        seconds: 400,
        out: stage.around(20e9),
        in: 50e6,
        campaign: 600,
        interface: 'awdl0',
      });
    },
  }),
  benign({
    id: 'B16',
    title: 'Content cache serves the office',
    expected: 'none',
    uses: ['assetcache'],
    presence: 'any',
    campaign: 86_400,
    roles: ['ci', 'it'],
    play: (stage) => {
      const process = stage.exec(apple('/usr/libexec/AssetCache/AssetCache', 'com.apple.AssetCache'), {
        user: '_assetcache',
      });
      stage.send({
        from: process,
        to: () => ({
          name: '',
          ip: `10.20.${stage.random.integer(4, 7)}.${stage.random.integer(2, 250)}`,
          port: stage.random.integer(49_200, 65_000),
        }),
        connections: 1500,
        seconds: 60,
        out: stage.around(300e9),
        in: 20e9,
        campaign: 86_400,
        direction: 'ingress',
      });
    },
  }),
  benign({
    id: 'B17',
    title: 'Screen shared with the help desk',
    expected: 'none',
    uses: ['screensharing'],
    presence: 'active',
    campaign: 2400,
    play: (stage) => {
      const process = stage.exec(
        apple(
          '/System/Library/CoreServices/RemoteManagement/screensharingd.bundle/Contents/MacOS/screensharingd',
          'com.apple.screensharing',
        ),
        { user: 'root' },
      );
      stage.connect(process, {
        at: stage.start + SECOND,
        seconds: stage.around(2400),
        out: stage.around(1e9),
        in: 30e6,
        to: {
          name: '',
          ip: `10.20.1.${stage.random.integer(10, 60)}`,
          port: stage.random.integer(49_200, 65_000),
        },
        direction: 'ingress',
        localPort: 5900,
      });
    },
  }),
  benign({
    id: 'B18',
    title: 'Phone backup over USB',
    expected: 'none',
    uses: ['ampdevices'],
    presence: 'active',
    campaign: 3600,
    play: (stage) => {
      const process = stage.exec(
        apple(
          '/System/Library/PrivateFrameworks/AMPDevices.framework/Versions/A/Support/AMPDevicesAgent',
          'com.apple.AMPDevicesAgent',
        ),
      );
      stage.send({
        from: process,
        to: { name: '', ip: link(stage.random.hex(4)), port: 62078 },
        connections: 3,
        seconds: 3000,
        out: stage.around(400e6),
        in: 60e9,
        campaign: 3600,
        interface: 'en7',
      });
    },
  }),
  benign({
    id: 'B20',
    title: 'Idle connection open for days',
    expected: 'none',
    uses: ['figma'],
    presence: 'any',
    campaign: 432_000,
    play: (stage) => {
      const process = stage.through(
        ['figma', 'notion', 'slack'],
        developerId(
          '/Applications/Notion.app/Contents/Frameworks/Notion Helper.app/Contents/MacOS/Notion Helper',
          'notion.id.helper',
          'LBQJ96FQ8D',
          'Notion Labs, Incorporated',
        ),
      );
      stage.connect(process, {
        at: stage.start,
        seconds: 432_000,
        out: stage.around(3e6),
        in: 40e6,
        to: stage.named(
          process.name.startsWith('Slack')
            ? 'wss-primary.slack.com'
            : process.name.startsWith('Figma')
              ? 'www.figma.com'
              : 'msgstore-001.www.notion.so',
        ),
      });
    },
  }),
  benign({
    id: 'B28',
    title: 'Speed tests by a menu-bar app',
    expected: 'none',
    uses: ['speedtest'],
    presence: 'active',
    campaign: 86_400,
    play: (stage) => {
      const ookla = stage.random.chance(0.5);
      const process = ookla
        ? stage.exec(
            developerId(
              '/Applications/Speedtest.app/Contents/MacOS/Speedtest',
              'com.ookla.speedtest-macos',
              '43PYGRJ7H9',
              'Ookla',
            ),
          )
        : stage.exec(apple('/usr/bin/networkQuality', 'com.apple.networkQuality'), {
            until: stage.start + HOUR,
          });
      for (let run = 0, at = stage.start; run < (ookla ? 4 : 1); run++, at += 6 * HOUR) {
        stage.send({
          from: process,
          to: () =>
            ookla
              ? stage.named(`speedtest.${stage.random.pick(['fra', 'ams', 'lon'])}.ookla-server.net`, 8080)
              : stage.named('mensura.cdn-apple.com'),
          at,
          connections: 8,
          seconds: 15,
          out: stage.around(375e6),
          in: 375e6,
          campaign: 16,
        });
      }
    },
  }),
  benign({
    id: 'B31',
    title: 'Telemetry agent at an exact cadence',
    expected: 'none',
    uses: ['datadog'],
    presence: 'any',
    campaign: 604_800,
    fromTheStart: true,
    play: (stage) => {
      const process = stage.through(
        ['datadog'],
        developerId('/opt/datadog-agent/bin/agent/agent', 'agent', 'JKFCB4CN7C', 'Datadog, Inc.'),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: () => stage.named('7-56-2-app.agent.datadoghq.eu'),
        connections: 7 * 24,
        seconds: 3500,
        out: stage.around(300e6) * 7,
        in: 70e6,
        campaign: 604_800,
        jitter: 0.01,
        sizes: 'fixed',
      });
    },
  }),
  benign({
    id: 'B32',
    title: 'Remote workstation for the working day',
    expected: 'none',
    uses: ['vdi'],
    presence: 'active',
    campaign: 32_400,
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/WorkSpaces.app/Contents/MacOS/WorkSpaces',
          'com.amazon.workspaces',
          '94KV3E626L',
          'AMZN Mobile LLC',
        ),
      );
      stage.send({
        from: process,
        to: stage.named('ws-broker-service.eu-west-1.amazonaws.com', 4172),
        connections: 2,
        seconds: 32_000,
        out: stage.around(200e6),
        in: 8e9,
        campaign: 32_400,
        transport: 'udp',
      });
    },
  }),
  benign({
    id: 'B33',
    title: 'Editor works on a remote machine over ssh',
    expected: 'none',
    uses: ['ssh'],
    presence: 'active',
    campaign: 36_000,
    roles: ['developer'],
    play: (stage) => {
      const editor = stage.existing('vscode-helper', 'vscode') ?? stage.exec(VSCODE_HELPER);
      const ssh = stage.exec(SSH, {
        args: [
          'ssh',
          '-v',
          '-T',
          '-D',
          '51332',
          '-o',
          'ConnectTimeout=15',
          `dev-${stage.user}.${stage.company}`,
        ],
        parent: editor,
        responsible: editor,
        at: stage.start + SECOND,
        until: stage.start + MINUTE,
      });
      stage.send({
        from: ssh,
        to: stage.named(`dev-${stage.user}.{company}`, 22),
        connections: 3,
        seconds: 33_000,
        out: stage.around(400e6),
        in: 3e9,
        campaign: 36_000,
      });
    },
  }),
  benign({
    id: 'B35',
    title: 'Roaming laptop reconnects all day',
    expected: 'none',
    uses: ['roaming'],
    presence: 'active',
    campaign: 86_400,
    roles: ['sales', 'executive'],
    play: (stage) => {
      const apps: readonly (readonly [string, string])[] = [
        ['slack', 'wss-primary.slack.com'],
        ['outlook', 'outlook.office365.com'],
        ['teams', 'teams.microsoft.com'],
        ['apsd', '17-courier.push.apple.com'],
        ['cloudd', 'gateway.icloud.com'],
      ];
      for (const [app, name] of apps) {
        const process = stage.existing(app);
        if (process === undefined) continue;
        stage.processes.push(process);
        stage.send({
          from: process,
          to: () => stage.named(name),
          connections: 150,
          seconds: 200,
          out: stage.around(40e6),
          in: 400e6,
          campaign: 30_000,
          interface: stage.random.pick(['en0', 'en5']),
        });
      }
    },
  }),
  benign({
    id: 'B41',
    title: 'Traveller works at odd hours',
    expected: 'none',
    uses: ['sync'],
    presence: 'any',
    campaign: 600,
    play: (stage) => {
      const process = stage.through(
        ['onedrive', 'google-drive', 'dropbox', 'box'],
        developerId(
          '/Applications/OneDrive.app/Contents/MacOS/OneDrive',
          'com.microsoft.OneDrive',
          'UBF8T346G9',
          'Microsoft Corporation',
        ),
      );
      const name =
        { Dropbox: 'block.dropbox.com', Box: 'upload.app.box.com', 'Google Drive': 'www.googleapis.com' }[
          process.name
        ] ?? '{tenant}-my.sharepoint.com';
      const night =
        Math.ceil(stage.start / DAY) * DAY + 3 * HOUR - stage.fleetHost.host.utcOffsetMinutes * MINUTE;
      stage.send({
        from: process,
        to: () => stage.named(name),
        at: night,
        connections: 40,
        seconds: 60,
        out: stage.around(500e6),
        in: 2e9,
        campaign: 7200,
      });
    },
  }),
  benign({
    id: 'B42',
    title: 'Two people share one Mac',
    expected: 'none',
    uses: ['second user'],
    presence: 'active',
    campaign: 86_400,
    play: (stage) => {
      const user = 'guest2';
      const cloud = stage.exec(
        apple(
          '/System/Library/PrivateFrameworks/CloudKitDaemon.framework/Support/cloudd',
          'com.apple.cloudd',
        ),
        { user },
      );
      const background = stage.exec(apple('/usr/libexec/nsurlsessiond', 'com.apple.nsurlsessiond'), { user });
      const browser = stage.exec(CHROME_HELPER, {
        user,
        args: [CHROME_HELPER.executable, '--type=utility', '--utility-sub-type=network.mojom.NetworkService'],
      });
      stage.send({
        from: cloud,
        to: () => stage.named('cvws.icloud-content.com'),
        connections: 20,
        seconds: 60,
        out: stage.around(700e6),
        in: 500e6,
        campaign: 40_000,
      });
      stage.send({
        from: background,
        to: () => stage.named('xp.apple.com'),
        connections: 20,
        seconds: 60,
        out: stage.around(20e6),
        in: 500e6,
        campaign: 40_000,
      });
      stage.send({
        from: browser,
        to: () =>
          stage.named(
            stage.random.pick(['www.google.com', 'www.youtube.com', `www.${inventDomain(stage.random)}`]),
          ),
        connections: 60,
        seconds: 90,
        out: stage.around(30e6),
        in: 5e9,
        campaign: 40_000,
      });
    },
  }),
  benign({
    id: 'B43',
    title: 'Password manager idle for days',
    expected: 'none',
    uses: ['1password'],
    presence: 'any',
    campaign: 259_200,
    play: (stage) => {
      const process = stage.through(
        ['1password'],
        developerId(
          '/Applications/1Password.app/Contents/MacOS/1Password',
          'com.1password.1password',
          '2BUA8C4S2C',
          'AgileBits Inc.',
        ),
      );
      stage.send({
        from: process,
        to: stage.named('b5n.1password.com'),
        connections: 10,
        seconds: 25_000,
        out: stage.around(2e6),
        in: 5e6,
        campaign: 259_200,
      });
    },
  }),
  benign({
    id: 'B45',
    title: 'System update shared inside a lab',
    expected: 'none',
    uses: ['assetcache'],
    presence: 'active',
    campaign: 1800,
    play: (stage) => {
      const process = stage.exec(apple('/usr/libexec/AssetCache/AssetCache', 'com.apple.AssetCache'), {
        user: '_assetcache',
      });
      stage.send({
        from: process,
        to: () => ({
          name: '',
          ip: `192.168.1.${stage.random.integer(2, 250)}`,
          port: stage.random.integer(49_200, 65_000),
        }),
        connections: 600,
        seconds: 120,
        out: stage.around(40e9),
        in: 40e9,
        campaign: 1800,
        direction: 'ingress',
      });
    },
  }),
  benign({
    id: 'B46',
    title: 'Approved subnet router',
    expected: 'info',
    uses: ['tailscale'],
    presence: 'any',
    campaign: 86_400,
    roles: ['ci', 'it'],
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/Tailscale.app/Contents/Library/SystemExtensions/io.tailscale.ipn.macsys.network-extension.systemextension/Contents/MacOS/io.tailscale.ipn.macsys.network-extension',
          'io.tailscale.ipn.macsys.network-extension',
          'W5364U7YZB',
          'Tailscale Inc.',
        ),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: () => stage.residential(41641),
        connections: 3000,
        seconds: 400,
        out: stage.around(90e9),
        in: 95e9,
        campaign: 86_400,
        transport: 'udp',
      });
      stage.approve(process, '*', 250e9);
    },
  }),
  benign({
    id: 'B47',
    title: 'VPN client renamed by its vendor',
    expected: 'info',
    uses: ['vpn'],
    presence: 'active',
    campaign: 28_800,
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Library/SystemExtensions/5B2D7F10-6C0D-4E7F-9B1B-0B7A8E3C4D21/com.cisco.secureclient.acsockext.systemextension/Contents/MacOS/com.cisco.secureclient.acsockext',
          'com.cisco.secureclient.acsockext',
          'DE8Y96K9QP',
          'Cisco Systems, Inc.',
        ),
        { user: 'root' },
      );
      stage.connect(process, {
        at: stage.start,
        seconds: stage.around(28_800, 1.3),
        out: stage.around(5e9),
        in: 12e9,
        to: stage.named('vpn.{company}'),
        transport: 'udp',
      });
    },
  }),
];
