import { MINUTE, SECOND } from '../machine.js';
import { developerId, SSH, VSCODE_HELPER } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

/** Connections that stay for hours or days, and cadences that never vary. */
export const BENIGN_SESSIONS: readonly Benign[] = [
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
