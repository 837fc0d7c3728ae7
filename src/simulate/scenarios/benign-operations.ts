import { DAY, HOUR, SECOND } from '../machine.js';
import { adHoc, apple, appStore, BREW_NODE, CURL, developerId, RSYNC, SH, SSH } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

/** Bulk transfers that come with running IT and shipping software. */
export const BENIGN_OPERATIONS: readonly Benign[] = [
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
      // Rebuilt every time: path and destination are what stays.
      if (first !== undefined) {
        const { signing } = first;
        stage.approve(
          { ...first, executable: '/Users/build/work/*/bin/publish', signing: { ...signing, signingId: '' } },
          bucket,
          400e9,
        );
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
];
