import { BASH, copiedTo, developerId, OSASCRIPT, VSCODE_HELPER } from '../fleet/programs.js';
import { inventWord } from '../invent.js';
import { MINUTE, SECOND } from '../machine.js';
import type { Attack, Benign } from './scenario.js';

const CODE_TUNNEL = developerId(
  '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code-tunnel',
  'code-tunnel',
  'UBF8T346G9',
  'Microsoft Corporation',
);
const GATEWAY = developerId(
  '/Applications/JetBrains Gateway.app/Contents/MacOS/gateway',
  'com.jetbrains.gateway',
  '2ZEFAR8TH3',
  'JetBrains s.r.o.',
);

/** A relay of Microsoft's dev tunnels in Europe; tunnels keep to the cluster they were made in. */
const RELAY = 'euw.rel.tunnels.api.visualstudio.com';
const ARGUMENTS = ['tunnel', '--accept-server-license-terms', '--name'];

/**
 * Tunnels that editors hold (AN0377). They carry a shell and some files, so that no amount gives them away. They came after
 * the others and are placed last, so that what a seed did before stays where it was.
 */
export const EDITOR_TUNNELS: readonly Attack[] = [
  {
    kind: 'attack',
    id: 'A63',
    title: "Editor's tunnel that a script or launchd brings back",
    difficulty: 'should',
    techniques: ['T1219.001', 'T1543.001'],
    uses: ['code-tunnel'],
    presence: 'any',
    campaign: 36_000,
    placed: 'last',
    play: (stage) => {
      const name = inventWord(stage.random);
      const agent = stage.random.chance(0.6);
      const tunnel = agent
        ? stage.exec(CODE_TUNNEL, { args: ['code-tunnel', 'tunnel', 'service', 'internal-run'] })
        : stage.exec(CODE_TUNNEL, {
            args: ['code-tunnel', ...ARGUMENTS, name],
            parent: stage.exec(BASH, {
              args: ['bash', '-c', `code tunnel --accept-server-license-terms --name ${name}`],
              parent: stage.exec(OSASCRIPT, { args: ['osascript', '-e', 'do shell script "…"'] }),
              at: stage.start + SECOND,
            }),
            at: stage.start + 2 * SECOND,
          });
      // The relay cuts what idles; the client is back within a minute.
      stage.send({
        from: tunnel,
        to: stage.named(RELAY),
        connections: 5,
        seconds: 9000,
        out: stage.around(40e6),
        in: stage.around(25e6),
        campaign: stage.around(45_000, 1.2),
        jitter: 0.02,
        at: stage.start + 3 * SECOND,
      });
    },
  },
  {
    kind: 'attack',
    id: 'A64',
    title: "Renamed copy of an editor's tunnel",
    difficulty: 'should',
    techniques: ['T1219.001', 'T1036.005'],
    uses: ['code-tunnel'],
    presence: 'any',
    campaign: 28_800,
    placed: 'last',
    play: (stage) => {
      const word = inventWord(stage.random);
      const path = `${stage.home}/${stage.random.pick(['.local/bin', 'Library/Application Support/Updates', '.cache'])}/${word}`;
      const tunnel = stage.exec(copiedTo(CODE_TUNNEL, path), {
        args: [word, ...ARGUMENTS, inventWord(stage.random)],
      });
      stage.send({
        from: tunnel,
        to: stage.named(RELAY),
        connections: 2,
        seconds: 14_000,
        out: stage.around(30e6),
        in: stage.around(20e6),
        campaign: stage.around(28_800, 1.2),
        at: stage.start + SECOND,
      });
    },
  },
];

export const BENIGN_EDITORS: readonly Benign[] = [
  {
    kind: 'benign',
    id: 'B48',
    title: 'Team that opens editor tunnels from terminals',
    expected: 'info',
    techniques: [],
    uses: ['code-tunnel'],
    presence: 'active',
    campaign: 18_000,
    fleetWide: true,
    // It would change most hosts of every fleet, and says nothing about any other case.
    placed: 'asked',
    play: (stage) => {
      const tunnel = stage.command(CODE_TUNNEL, ['code-tunnel', ...ARGUMENTS, `mac-${stage.user}`]);
      stage.send({
        from: tunnel,
        to: stage.named(RELAY),
        connections: 2,
        seconds: stage.around(16_000, 1.2),
        out: stage.around(30e6),
        in: stage.around(20e6),
        campaign: 18_000,
        at: stage.start + SECOND,
      });
    },
  },
  {
    kind: 'benign',
    id: 'B49',
    title: 'Gateway of an editor to a machine of the company',
    expected: 'none',
    techniques: [],
    uses: ['gateway'],
    presence: 'active',
    campaign: 32_400,
    roles: ['developer'],
    placed: 'last',
    play: (stage) => {
      const gateway = stage.exec(GATEWAY, { args: ['gateway'] });
      stage.send({
        from: gateway,
        to: stage.named(`dev-${stage.user}.{company}`, 22),
        connections: 2,
        seconds: 30_000,
        out: stage.around(200e6),
        in: 2e9,
        campaign: 32_400,
      });
    },
  },
  {
    kind: 'benign',
    id: 'B50',
    title: 'Editor that syncs its settings and shares a session',
    expected: 'none',
    techniques: [],
    uses: ['vscode'],
    presence: 'active',
    campaign: 10_800,
    roles: ['developer'],
    placed: 'last',
    play: (stage) => {
      const editor = stage.through(['vscode-helper', 'vscode'], VSCODE_HELPER);
      stage.send({
        from: editor,
        to: (index) =>
          stage.named(
            [
              'vscode-sync.trafficmanager.net',
              'marketplace.visualstudio.com',
              'update.code.visualstudio.com',
            ][index % 3]!,
          ),
        connections: 12,
        seconds: 20,
        out: stage.around(600e3),
        in: 40e6,
        campaign: 10_000,
      });
      stage.connect(editor, {
        at: stage.start + 10 * MINUTE,
        seconds: stage.around(5400, 1.2),
        out: stage.around(3e6),
        in: 5e6,
        to: stage.named('prod.liveshare.vsengsaas.visualstudio.com'),
      });
    },
  },
];
