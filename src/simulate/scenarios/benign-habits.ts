import { inventDomain } from '../invent.js';
import { DAY, HOUR, MINUTE } from '../machine.js';
import { apple, CHROME_HELPER, developerId } from '../fleet/programs.js';
import type { Benign } from './scenario.js';

function benign(scenario: Omit<Benign, 'kind' | 'techniques'>): Benign {
  return { kind: 'benign', techniques: [], ...scenario };
}

/** What people do that looks odd for a moment: updates, speed tests, travel, two users on one Mac. */
export const BENIGN_HABITS: readonly Benign[] = [
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
      const local = stage.fleetHost.host.utcOffsetMinutes * MINUTE;
      const next = Math.ceil((stage.start + local) / DAY) * DAY + 3 * HOUR - local;
      const night = next < stage.end - 2 * HOUR ? next : next - DAY;
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
];
