import { inventDomain } from '../invent.js';
import { DAY, HOUR, SECOND } from '../machine.js';
import {
  adHoc,
  apple,
  appStore,
  AWS_CLI,
  BREW_NODE,
  CURL,
  developerId,
  DOCKER_BACKEND,
  RCLONE,
  RSYNC,
  SH,
  SSH,
} from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

/** Innocent transfers of attack size: backups, first syncs, data sets, publishing, media. */
export const BENIGN_UPLOADS: readonly Benign[] = [
  benign({
    id: 'B01',
    title: 'First cloud backup of a full disk',
    expected: 'info',
    uses: ['backup'],
    presence: 'any',
    campaign: 777_600,
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/CrashPlan.app/Contents/Library/LaunchServices/com.crashplan.engine',
          'com.crashplan.engine',
          'UGHXR79U6M',
          'CrashPlan Group LLC',
        ),
        { user: 'root' },
      );
      stage.send({
        from: process,
        to: () => stage.named('clients.us.crashplan.com', 4287),
        connections: 400,
        seconds: 21_600,
        out: stage.around(300e9),
        in: 3e9,
        campaign: 777_600,
      });
      stage.approve(process, '*.crashplan.com', 120e9);
    },
  }),
  benign({
    id: 'B02',
    title: 'New hire: first sync of the company drive',
    expected: 'info',
    uses: ['sync'],
    presence: 'active',
    campaign: 259_200,
    fromTheStart: true,
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
      stage.send({
        from: process,
        to: () => stage.named(name),
        connections: 300,
        seconds: 1200,
        out: stage.around(80e9),
        in: 20e9,
        campaign: 259_200,
      });
    },
  }),
  benign({
    id: 'B05',
    title: 'Large image pushed to the company registry',
    expected: 'none',
    uses: ['docker'],
    presence: 'active',
    campaign: 1200,
    roles: ['developer'],
    play: (stage) => {
      const process = stage.through(['docker'], DOCKER_BACKEND);
      stage.send({
        from: process,
        to: () => stage.named('registry.{company}'),
        connections: 12,
        seconds: 300,
        out: stage.around(6e9),
        in: 10e6,
        campaign: 1200,
      });
      stage.approve(process, 'registry.{company}', 40e9);
    },
  }),
  benign({
    id: 'B06',
    title: 'Video editor delivers by a transfer service',
    expected: 'info',
    uses: ['aspera'],
    presence: 'active',
    campaign: 2100,
    roles: ['media', 'designer'],
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/IBM Aspera Connect.app/Contents/Resources/ascp',
          'com.aspera.ascp',
          'PETKK2G752',
          'Aspera Inc.',
        ),
      );
      const name = `ats-aws-eu-west-1.${inventDomain(stage.random)}`;
      stage.send({
        from: process,
        to: stage.named(name, 33001),
        connections: 4,
        seconds: 2000,
        out: stage.around(120e9),
        in: 1e9,
        campaign: 2100,
        transport: 'udp',
      });
      stage.approve(process, name, 300e9);
    },
  }),
  benign({
    id: 'B10',
    title: 'Data set copied to the team bucket',
    expected: 'info',
    uses: ['rclone', 'aws'],
    presence: 'active',
    campaign: 172_800,
    roles: ['scientist'],
    play: (stage) => {
      const bucket = `${stage.fleetHost.company.tenant}-datasets.s3.eu-west-1.amazonaws.com`;
      const tool = stage.random.pick([AWS_CLI, RCLONE]);
      const process = stage.command(
        tool,
        tool === AWS_CLI
          ? ['aws', 's3', 'sync', `${stage.home}/data`, `s3://${bucket.split('.')[0]!}/`]
          : ['rclone', 'sync', `${stage.home}/data`, 'team:datasets'],
      );
      stage.send({
        from: process,
        to: () => stage.named(bucket),
        connections: 4000,
        seconds: 90,
        out: stage.around(2e12),
        in: 6e9,
        campaign: 172_800,
      });
      stage.approve(process, bucket, 4e12);
    },
  }),
  benign({
    id: 'B21',
    title: 'Diagnostics collected by device management',
    expected: 'info',
    uses: ['curl'],
    presence: 'any',
    campaign: 120,
    play: (stage) => {
      const jamf = stage.through(
        ['jamf'],
        developerId(
          '/Library/Application Support/JAMF/Jamf.app/Contents/MacOS/JamfDaemon.app/Contents/MacOS/JamfDaemon',
          'com.jamf.management.daemon',
          '483DWKW443',
          'JAMF Software, LLC',
        ),
        { user: 'root' },
      );
      const sh = stage.exec(SH, {
        args: ['/bin/sh', '/Library/Application Support/JAMF/tmp/collect'],
        parent: jamf,
        responsible: jamf,
        user: 'root',
        until: stage.start + 150 * SECOND,
      });
      stage.exec(apple('/usr/bin/sysdiagnose', 'com.apple.sysdiagnose'), {
        args: ['sysdiagnose', '-u', '-f', '/private/var/tmp'],
        parent: sh,
        user: 'root',
        until: stage.start + 100 * SECOND,
      });
      const curl = stage.exec(CURL, {
        args: [
          'curl',
          '-s',
          '-T',
          '/private/var/tmp/sysdiagnose.tar.gz',
          'https://it-logs.{company}/in'.replace('{company}', stage.company),
        ],
        parent: sh,
        responsible: jamf,
        user: 'root',
        at: stage.start + 101 * SECOND,
        until: stage.start + 102 * SECOND,
      });
      stage.connect(curl, {
        at: curl.start + 90,
        seconds: stage.around(100),
        out: stage.around(600e6),
        in: 1e6,
        to: stage.named('it-logs.{company}'),
      });
      stage.approve(curl, 'it-logs.{company}', 3e9);
    },
  }),
  benign({
    id: 'B22',
    title: 'Own incident responders collect evidence',
    expected: 'none',
    uses: ['velociraptor'],
    presence: 'any',
    campaign: 900,
    play: (stage) => {
      const process = stage.exec(adHoc('/usr/local/sbin/velociraptor', 'a.out', 'collector'), {
        user: 'root',
        args: ['velociraptor', '--config', '/usr/local/etc/velociraptor.yaml', 'client'],
      });
      stage.send({
        from: process,
        to: stage.named('collector.{company}', 8000),
        connections: 6,
        seconds: 600,
        out: stage.around(4e9),
        in: 20e6,
        campaign: 900,
      });
      stage.approve(process, 'collector.{company}', 50e9);
    },
  }),
  benign({
    id: 'B23',
    title: 'Live stream',
    expected: 'info',
    uses: ['obs'],
    presence: 'active',
    campaign: 14_400,
    roles: ['media', 'sales'],
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/OBS.app/Contents/MacOS/OBS',
          'com.obsproject.obs-studio',
          '2MMRE5MTB8',
          'OBS Project',
        ),
      );
      const seconds = stage.around(14_400, 1.5);
      stage.connect(process, {
        at: stage.start + SECOND,
        seconds,
        out: seconds * stage.random.between(600e3, 900e3),
        in: seconds * 12e3,
        to: stage.named('fra02.contribute.live-video.net', 1935),
      });
      stage.approve(process, '*.live-video.net', 40e9);
    },
  }),
  benign({
    id: 'B25',
    title: 'Approved torrent of a research data set',
    expected: 'info',
    uses: ['torrent'],
    presence: 'any',
    campaign: 172_800,
    roles: ['scientist', 'it'],
    play: (stage) => {
      const process = stage.exec(
        developerId(
          '/Applications/Transmission.app/Contents/MacOS/Transmission',
          'org.m0k.transmission',
          '5DPYRBHEAR',
          'Transmission',
        ),
      );
      stage.send({
        from: process,
        to: () => stage.residential(stage.random.integer(6881, 60_000)),
        connections: stage.around(3000),
        seconds: 2400,
        out: stage.around(30e9),
        in: 5e9,
        campaign: 172_800,
      });
      stage.approve(process, '*', 80e9);
    },
  }),
  benign({
    id: 'B26',
    title: 'Build machine uploads artifacts all day',
    expected: 'none',
    uses: ['ci'],
    presence: 'any',
    campaign: 86_400,
    roles: ['ci'],
    play: (stage) => {
      const bucket = `${stage.fleetHost.company.tenant}-artifacts.s3.eu-west-1.amazonaws.com`;
      const campaign = stage.around(172_800);
      stage.send({
        from: (index, at) =>
          stage.exec(
            adHoc(`/Users/build/work/${index % 40}/bin/publish`, 'publish', `${stage.scenarioId}${index}`),
            { at: at - 300, until: at + 5 * SECOND, args: ['publish', '--artifacts'], user: 'build' },
          ),
        to: () => stage.named(bucket),
        connections: 900,
        seconds: 30,
        out: (stage.around(50e9) * campaign) / 86_400,
        in: 1e9,
        campaign,
      });
      const first = stage.processes[0];
      if (first !== undefined) {
        for (let index = 0; index < 40; index++)
          stage.approve({ ...first, executable: `/Users/build/work/${index}/bin/publish` }, bucket, 200e9);
      }
    },
  }),
  benign({
    id: 'B27',
    title: 'Publishing to stores and registries',
    expected: 'none',
    uses: ['node', 'transporter'],
    presence: 'active',
    campaign: 900,
    roles: ['developer'],
    play: (stage) => {
      const transporter = stage.exec(
        appStore(
          '/Applications/Transporter.app/Contents/MacOS/Transporter',
          'com.apple.TransporterApp',
          'F3LWYJ7GM7',
        ),
      );
      stage.send({
        from: transporter,
        to: () => stage.named('contentdelivery.itunes.apple.com'),
        connections: 6,
        seconds: 200,
        out: stage.around(5e9),
        in: 10e6,
        campaign: 900,
      });
      const npm = stage.command(BREW_NODE, ['npm', 'publish'], {
        script: '/opt/homebrew/lib/node_modules/npm/bin/npm-cli.js',
      });
      stage.send({
        from: npm,
        to: stage.named('registry.npmjs.org'),
        connections: 2,
        seconds: 40,
        out: stage.around(200e6, 1.5),
        in: 30e3,
        campaign: 100,
      });
    },
  }),
  benign({
    id: 'B30',
    title: 'Mailbox import',
    expected: 'info',
    uses: ['mail'],
    presence: 'active',
    campaign: 7200,
    play: (stage) => {
      const outlook = stage.random.chance(0.5);
      const process = outlook
        ? stage.through(
            ['outlook'],
            developerId(
              '/Applications/Microsoft Outlook.app/Contents/MacOS/Microsoft Outlook',
              'com.microsoft.Outlook',
              'UBF8T346G9',
              'Microsoft Corporation',
            ),
          )
        : stage.through(
            ['mail'],
            apple('/System/Applications/Mail.app/Contents/MacOS/Mail', 'com.apple.mail'),
          );
      stage.send({
        from: process,
        to: stage.named('outlook.office365.com', outlook ? 443 : 993),
        connections: 6,
        seconds: 3600,
        out: stage.around(5e9),
        in: 200e6,
        campaign: 7200,
      });
    },
  }),
  benign({
    id: 'B36',
    title: 'Database copied to the cloud through a tunnel',
    expected: 'info',
    uses: ['ssh'],
    presence: 'active',
    campaign: 10_800,
    roles: ['it', 'developer', 'scientist'],
    play: (stage) => {
      const dump = stage.command(adHoc('/opt/homebrew/Cellar/libpq/16.3/bin/pg_restore', 'pg_restore'), [
        'pg_restore',
        '-h',
        'localhost',
        '-p',
        '6432',
        '-d',
        'reporting',
        'dump',
      ]);
      const ssh = stage.command(SSH, ['ssh', '-N', '-L', '6432:db:5432', `bastion.${stage.company}`]);
      const out = stage.around(25e9);
      stage.send({
        from: dump,
        to: { name: '', ip: '127.0.0.1', port: 6432 },
        connections: 1,
        seconds: 10_000,
        out,
        in: 200e6,
        campaign: 10_000,
        interface: 'lo0',
      });
      stage.send({
        from: ssh,
        to: stage.named('bastion.{company}', 22),
        connections: 1,
        seconds: 10_700,
        out: out * 1.02,
        in: 200e6,
        campaign: 10_800,
      });
      stage.approve(ssh, 'bastion.{company}', 80e9);
    },
  }),
  benign({
    id: 'B37',
    title: 'Nightly rsync to the computing cluster',
    expected: 'info',
    uses: ['ssh', 'rsync'],
    presence: 'any',
    campaign: 604_800,
    roles: ['scientist'],
    play: (stage) => {
      const perNight = stage.around(1e12) / 7;
      for (let at = stage.start; at < stage.end; at += DAY + stage.random.between(-0.2, 0.2) * HOUR) {
        const rsync = stage.exec(RSYNC, {
          at,
          until: at + 5 * SECOND,
          args: ['rsync', '-a', `${stage.home}/runs/`, `login.hpc.${stage.company}:/scratch/`],
        });
        const ssh = stage.exec(SSH, {
          at: at + 100,
          until: at + 5 * SECOND,
          args: ['/usr/bin/ssh', `login.hpc.${stage.company}`, 'rsync', '--server'],
          parent: rsync,
        });
        stage.connect(ssh, {
          at: at + 300,
          seconds: stage.around(9000, 1.5),
          out: perNight * stage.random.between(0.7, 1.3),
          in: 600e6,
          to: stage.named('login.hpc.{company}', 22),
        });
        if (at === stage.start) stage.approve(ssh, 'login.hpc.{company}', 1e12);
      }
    },
  }),
  benign({
    id: 'B38',
    title: 'Photographer syncs originals to the vendor cloud',
    expected: 'info',
    uses: ['core-sync'],
    presence: 'active',
    campaign: 345_600,
    roles: ['designer', 'media'],
    play: (stage) => {
      const process = stage.through(
        ['core-sync'],
        developerId(
          '/Applications/Utilities/Adobe Sync/CoreSync/Core Sync.app/Contents/MacOS/Core Sync',
          'com.adobe.accmac.CoreSync',
          'JQ525L2MZD',
          'Adobe Inc.',
        ),
      );
      stage.send({
        from: process,
        to: () => stage.named('cc-api-storage.adobe.io'),
        connections: 200,
        seconds: 1500,
        out: stage.around(150e9),
        in: 3e9,
        campaign: 345_600,
      });
    },
  }),
  benign({
    id: 'B40',
    title: 'One large sync seen by interim and final records',
    expected: 'none',
    uses: ['sync'],
    presence: 'active',
    campaign: 7200,
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
        ] ?? '{tenant}.sharepoint.com';
      stage.connect(process, {
        at: stage.start,
        seconds: stage.around(7200),
        out: stage.around(6e9),
        in: 60e6,
        to: stage.named(name),
      });
    },
  }),
];
