import { capital, inventTeamId, inventWord } from '../invent.js';
import { HOUR, MINUTE, SECOND, type Program } from '../machine.js';
import { adHoc, developerId, unsigned } from '../fleet/programs.js';
import type { Attack } from './scenario.js';
import type { Stage } from './stage.js';

function attack(scenario: Omit<Attack, 'kind'>): Attack {
  return { kind: 'attack', ...scenario };
}

/** A notarised program of a vendor nobody knows. */
function signedAgent(stage: Stage): Program {
  const word = inventWord(stage.random);
  const name = capital(word);
  const path = stage.random.pick([
    `/Library/Application Support/${name}/${word}d`,
    `/Applications/${name}.app/Contents/MacOS/${name}`,
    `${stage.home}/Library/Application Support/${name}/${word}-agent`,
  ]);
  return developerId(path, `com.${word}.agent`, inventTeamId(stage.random), `${name} Ltd`);
}

function unsignedAgent(stage: Stage, signed: 'ad hoc' | 'none'): Program {
  const word = inventWord(stage.random);
  const path = stage.random.pick([
    `${stage.home}/Library/${capital(word)}/.${word}`,
    `/Users/Shared/.${word}`,
    `/Library/Caches/com.${word}/${word}`,
    `${stage.home}/Library/Application Support/${word}/updater`,
    `/private/var/tmp/${word}`,
  ]);
  return signed === 'none' ? unsigned(path) : adHoc(path, 'a.out', stage.random.hex(8));
}

const front = (stage: Stage): ReturnType<Stage['named']> =>
  stage.named(
    stage.random.chance(0.5)
      ? `d${stage.random.text('abcdefghijklmnopqrstuvwxyz0123456789', 13)}.cloudfront.net`
      : `${inventWord(stage.random)}.azureedge.net`,
  );

export const IMPLANTS: readonly Attack[] = [
  attack({
    id: 'A09',
    title: 'Backdoor under the name of a chat app',
    difficulty: 'must',
    techniques: ['T1036.005', 'T1573.001', 'T1571', 'T1560.001'],
    uses: ['implant'],
    presence: 'any',
    campaign: 432_000,
    play: (stage) => {
      const process = stage.exec(
        adHoc(
          '/Applications/Discord.app/Contents/MacOS/Discord',
          'HLOADER-5555494485b460f1e2343dff',
          stage.random.hex(8),
        ),
      );
      stage.send({
        from: process,
        to: stage.rawAddress(443),
        connections: 4,
        seconds: stage.around(64_800, 1.4),
        out: stage.around(220e6),
        in: 3e6,
        campaign: stage.around(432_000, 1.3),
        jitter: 0.3,
      });
    },
  }),
  attack({
    id: 'A10',
    title: 'Supply chain: an approved app contacts a look-alike',
    difficulty: 'hard',
    techniques: ['T1195.002', 'T1574.006', 'T1678', 'T1102.001'],
    uses: ['work app'],
    presence: 'active',
    campaign: 1_814_400,
    play: (stage) => {
      const word = inventWord(stage.random);
      const process = stage.through(
        ['zoom', 'webex', 'teams', 'slack'],
        developerId(
          `/Applications/${capital(word)} Phone.app/Contents/MacOS/${capital(word)} Phone`,
          `com.${word}.phone`,
          inventTeamId(stage.random),
          `${capital(word)} Inc.`,
        ),
      );
      stage.send({
        from: process,
        to: stage.rented(443, 'ms-services'),
        connections: 90,
        seconds: 3,
        out: stage.around(4e6),
        in: 9e6,
        campaign: 1_814_400,
        jitter: 0.3,
      });
    },
  }),
  attack({
    id: 'A11',
    title: 'Spyware that uses a cloud drive',
    difficulty: 'must',
    techniques: ['T1567.002', 'T1102.002'],
    uses: ['implant'],
    presence: 'any',
    campaign: 1_209_600,
    play: (stage) => {
      const process = stage.exec(
        unsigned(
          stage.random.pick([
            '/Library/WebServer/share/httpd/manual/WindowServer',
            '/Library/Printers/Canon/.mdworker3',
            '/Users/Shared/.WindowServer',
          ]),
        ),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: stage.named(
          stage.random.pick(['api.pcloud.com', 'cloud-api.yandex.net', 'content.dropboxapi.com']),
        ),
        connections: stage.around(2000, 1.4),
        seconds: 8,
        out: stage.around(1.2e9),
        in: 80e6,
        campaign: 1_209_600,
        jitter: 0.2,
      });
    },
  }),
  attack({
    id: 'A12',
    title: 'Implant controlled through files on a drive service',
    difficulty: 'should',
    techniques: ['T1102.002', 'T1567.002'],
    uses: ['implant'],
    presence: 'any',
    campaign: 1_728_000,
    play: (stage) => {
      const process = stage.exec(unsignedAgent(stage, 'ad hoc'));
      stage.send({
        from: process,
        to: stage.named('www.googleapis.com'),
        connections: stage.around(2000, 1.4),
        seconds: 5,
        out: stage.around(300e6),
        in: 60e6,
        campaign: 1_728_000,
        jitter: 0.3,
      });
    },
  }),
  attack({
    id: 'A14',
    title: 'Custom protocol of an unsigned agent',
    difficulty: 'must',
    techniques: ['T1095', 'T1571', 'T1041'],
    uses: ['implant'],
    presence: 'any',
    campaign: 172_800,
    play: (stage) => {
      const process = stage.exec(unsignedAgent(stage, 'none'));
      stage.send({
        from: process,
        to: stage.rented(stage.random.pick([443, 5633])),
        connections: 6,
        seconds: stage.around(21_600, 1.5),
        out: stage.around(90e6),
        in: 8e6,
        campaign: stage.around(172_800, 1.4),
        jitter: 0.4,
      });
    },
  }),
  attack({
    id: 'A23',
    title: 'Drip under published thresholds',
    difficulty: 'should',
    techniques: ['T1029', 'T1030'],
    uses: ['implant'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      const process = stage.exec(signedAgent(stage));
      stage.send({
        from: process,
        to: stage.rented(443),
        connections: 24,
        seconds: 3300,
        out: stage.around(95e6),
        in: 1e6,
        campaign: 86_400,
        jitter: 0.1,
        sizes: 'fixed',
      });
    },
  }),
  attack({
    id: 'A25',
    title: 'Randomised chunks with padding behind a CDN',
    difficulty: 'should',
    techniques: ['T1030', 'T1001.001'],
    uses: ['implant'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      const process = stage.exec(unsignedAgent(stage, 'ad hoc'));
      stage.send({
        from: process,
        to: front(stage),
        connections: stage.around(2800, 1.4),
        seconds: 2,
        out: stage.around(350e6),
        in: 40e6,
        campaign: stage.around(86_400, 1.4),
        jitter: 0.1,
        transport: stage.random.pick(['tcp', 'quic']),
      });
    },
  }),
  attack({
    id: 'A36',
    title: 'Upload over QUIC',
    difficulty: 'must',
    techniques: ['T1048.002', 'T1572'],
    uses: ['implant'],
    presence: 'any',
    campaign: 7200,
    play: (stage) => {
      const process = stage.exec(unsignedAgent(stage, 'none'));
      stage.send({
        from: process,
        to: stage.rented(stage.random.pick([443, 7844])),
        connections: 2,
        seconds: stage.around(7200, 1.5),
        out: stage.around(3e9),
        in: 60e6,
        campaign: 7300,
        transport: stage.random.pick(['udp', 'quic']),
      });
    },
  }),
  attack({
    id: 'A38',
    title: 'One connection day and night at a kilobyte a second',
    difficulty: 'must',
    techniques: ['T1041', 'T1029'],
    uses: ['implant'],
    presence: 'any',
    campaign: 518_400,
    play: (stage) => {
      const process = stage.exec(signedAgent(stage));
      // It closes shortly before the end: most sources only count bytes at the close of a connection.
      const seconds = Math.min(
        518_400,
        (stage.end - stage.start) / SECOND - stage.random.between(1, 9) * 3600,
      );
      stage.connect(process, {
        at: stage.start,
        seconds,
        out: stage.around(1003, 1.6) * seconds,
        in: 38 * seconds,
        to: stage.rented(443),
      });
    },
  }),
  attack({
    id: 'A53',
    title: 'C2 beacon that carries a file out',
    difficulty: 'must',
    techniques: ['T1041', 'T1071.001', 'T1030'],
    uses: ['implant'],
    presence: 'any',
    campaign: 72_000,
    play: (stage) => {
      const process = stage.exec(unsignedAgent(stage, 'ad hoc'));
      const to = stage.random.chance(0.5)
        ? stage.rented(443)
        : stage.rawAddress(stage.random.pick([443, 8888]));
      stage.send({
        from: process,
        to,
        connections: stage.around(960, 1.5),
        seconds: 2,
        out: stage.around(220e6),
        in: 12e6,
        campaign: stage.around(72_000, 1.3),
        jitter: 0.25,
      });
    },
  }),
  attack({
    id: 'A54',
    title: 'Implant present from the first day',
    difficulty: 'should',
    techniques: ['T1678', 'T1195.002'],
    uses: ['implant'],
    presence: 'any',
    campaign: 2_592_000,
    fromTheStart: true,
    play: (stage) => {
      const process = stage.exec(signedAgent(stage), { at: stage.start - 3 * HOUR });
      stage.send({
        from: process,
        to: stage.rented(443),
        connections: 240,
        seconds: 10_800,
        out: stage.around(150e6),
        in: 5e6,
        campaign: 2_592_000,
        jitter: 0.2,
      });
    },
  }),
  attack({
    id: 'A51',
    title: 'Approved app with a foreign library',
    difficulty: 'hard',
    techniques: ['T1574.004', 'T1574.006'],
    uses: ['work app'],
    presence: 'active',
    campaign: 3600,
    play: (stage) => {
      const process = stage.through(
        ['slack', 'notion', 'outlook', 'teams', 'zoom'],
        developerId(
          '/Applications/Slack.app/Contents/MacOS/Slack',
          'com.tinyspeck.slackmacgap',
          'BQR82RBBHL',
          'Slack Technologies, Inc.',
        ),
      );
      stage.send({
        from: process,
        to: stage.rented(443),
        connections: 8,
        seconds: 600,
        out: stage.around(700e6),
        in: 8e6,
        campaign: stage.around(3600),
      });
    },
  }),
  attack({
    id: 'A56',
    title: 'Sends only while the user works',
    difficulty: 'hard',
    techniques: ['T1029', 'T1665'],
    uses: ['implant'],
    presence: 'active',
    campaign: 864_000,
    play: (stage) => {
      const process = stage.exec(signedAgent(stage));
      const to = front(stage);
      const days = (stage.end - stage.start) / (24 * HOUR);
      const perConnection = stage.around(1.8e9) / 240;
      const busy = stage.fleetHost.calendar.active.filter(
        (interval) => interval.end > stage.start + 10 * MINUTE,
      );
      for (const { start, end } of busy) {
        const from = Math.max(start, stage.start);
        stage.send({
          from: process,
          to,
          at: from,
          connections: Math.max(1, (24 * days) / busy.length),
          seconds: 200,
          out: (perConnection * 24 * days) / busy.length,
          in: 500e3,
          campaign: Math.max(300, (end - from) / SECOND),
        });
      }
    },
  }),
];
