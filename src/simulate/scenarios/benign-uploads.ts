import { inventDomain } from '../invent.js';
import { SECOND } from '../machine.js';
import { AWS_CLI, developerId, DOCKER_BACKEND, RCLONE } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

/** Innocent transfers of attack size: backups, first syncs, data sets, media. */
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
