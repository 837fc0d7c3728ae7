import { SECOND } from '../machine.js';
import { adHoc, apple, SHARINGD } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

const link = (digits: string): string => `fe80::${digits}:71ff:fe20:9c1`;

/** Large transfers that never leave the building: loopback, the office network, cables and radios. */
export const BENIGN_LOCAL: readonly Benign[] = [
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
];
