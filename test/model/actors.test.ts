import { beforeAll, expect, it } from 'vitest';
import { qualificationOf } from '../../src/approvals/qualification.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import { modelOf, observe, type ProcessObservation } from '../support/observations.js';

type Image = Partial<ProcessObservation> & { readonly executable: string };

const DEVELOPER = 'Developer ID Application: Example (EXAMPLE123)';
const apple = (executable: string, signingId: string): Image => ({ executable, signingId, platform: true });
const app = (executable: string, signingId: string, teamId = 'EXAMPLE123'): Image => ({
  executable,
  signingId,
  teamId,
  platform: false,
  subject: DEVELOPER,
});

const TERMINAL = apple(
  '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal',
  'com.apple.Terminal',
);
const ZSH = apple('/bin/zsh', 'com.apple.zsh');
const LAUNCHD = apple('/sbin/launchd', 'com.apple.xpc.launchd');
const CURL = apple('/usr/bin/curl', 'com.apple.curl');
const PYTHON = {
  executable: '/opt/homebrew/Cellar/python@3.12/3.12.4/bin/python3.12',
  signingId: 'python3.12',
};
const AGENT = app('/Library/Example/agent', 'com.example.agent');

/** A process with those who started it, nearest first, and the actor it is. */
const CASES: readonly (readonly [what: string, chain: readonly Image[], actor: string])[] = [
  [
    'an app',
    [app('/Applications/One.app/Contents/MacOS/One', 'com.example.one')],
    'team:EXAMPLE123/com.example.one',
  ],
  [
    'its helper, which owns its sockets',
    [app('/Applications/One.app/Contents/Frameworks/One Helper', 'com.example.one.helper.renderer')],
    'team:EXAMPLE123/com.example.one',
  ],
  [
    'a daemon of Apple',
    [apple('/usr/libexec/nsurlsessiond', 'com.apple.nsurlsessiond'), LAUNCHD],
    'apple:com.apple.nsurlsessiond',
  ],
  ['a program without a team', [{ executable: '/opt/tools/sender' }], 'path:/opt/tools/sender'],
  [
    'one of Homebrew',
    [{ executable: '/opt/homebrew/Cellar/frob/1.2.3/bin/frob' }],
    'path:/opt/homebrew/Cellar/frob/*/bin/frob',
  ],
  [
    'its next version',
    [{ executable: '/opt/homebrew/Cellar/frob/1.2.4_1/bin/frob' }],
    'path:/opt/homebrew/Cellar/frob/*/bin/frob',
  ],
  ['one in a home folder', [{ executable: '/Users/user1/bin/frob' }], 'path:/Users/*/bin/frob'],
  ['the same in another', [{ executable: '/Users/user2/bin/frob' }], 'path:/Users/*/bin/frob'],
  [
    'one in a per-user temporary folder',
    [{ executable: '/private/var/folders/ab/x1y2z3/T/frob' }],
    'path:/var/folders/*/T/frob',
  ],
  [
    'curl of a person at a terminal',
    [CURL, ZSH, TERMINAL, LAUNCHD],
    'apple:com.apple.curl by apple:com.apple.Terminal',
  ],
  ['curl of an agent', [CURL, AGENT, LAUNCHD], 'apple:com.apple.curl by team:EXAMPLE123/com.example.agent'],
  [
    'curl of an agent, through a shell',
    [CURL, ZSH, AGENT, LAUNCHD],
    'apple:com.apple.curl by team:EXAMPLE123/com.example.agent',
  ],
  ['curl of launchd alone is nobody in particular', [CURL, LAUNCHD], 'apple:com.apple.curl'],
  ['curl of nobody known', [CURL], 'apple:com.apple.curl'],
  [
    'a copy of curl under another name',
    [{ ...CURL, executable: '/private/tmp/helper' }, AGENT],
    'apple:com.apple.curl by team:EXAMPLE123/com.example.agent',
  ],
  [
    'a script of python',
    [{ ...PYTHON, args: ['python3.12', '/Users/user1/jobs/upload.py', '--all'] }, ZSH, TERMINAL],
    'path:/opt/homebrew/Cellar/python@*/*/bin/python3.12 running /Users/*/jobs/upload.py',
  ],
  [
    'the same script of another person, python updated',
    [
      {
        ...PYTHON,
        executable: PYTHON.executable.replace('3.12.4', '3.12.7'),
        args: ['python3.12', '/Users/user2/jobs/upload.py'],
      },
      ZSH,
    ],
    'path:/opt/homebrew/Cellar/python@*/*/bin/python3.12 running /Users/*/jobs/upload.py',
  ],
  [
    'a module of python',
    [{ ...PYTHON, args: ['python3.12', '-m', 'http.server'] }, ZSH, TERMINAL],
    'path:/opt/homebrew/Cellar/python@*/*/bin/python3.12 running http.server',
  ],
  [
    'code on the command line is whoever gave it',
    [{ ...PYTHON, args: ['python3.12', '-c', 'import socket'] }, AGENT],
    'path:/opt/homebrew/Cellar/python@*/*/bin/python3.12 by team:EXAMPLE123/com.example.agent',
  ],
  [
    'a script that the source names itself',
    [
      { ...apple('/bin/bash', 'com.apple.bash'), args: ['bash', 'x'], script: '/Users/user1/backup.sh' },
      LAUNCHD,
    ],
    'apple:com.apple.bash running /Users/*/backup.sh',
  ],
];

describeEngines('actors', ({ open }) => {
  let store: Store;
  let run: string;

  beforeAll(async () => {
    store = await open();
    const processes: ProcessObservation[] = [];
    CASES.forEach(([what, chain], index) => {
      chain.forEach((image, level) => {
        const process = 100 * (index + 1) + level;
        const parent = level + 1 < chain.length ? process + 1 : 0;
        processes.push({
          host: what,
          process,
          parent,
          pid: 900 - level,
          at: -level,
          event: 'exec',
          ...image,
        });
      });
    });
    const uploads = Array.from({ length: 30 }, (_, index): ProcessObservation[] => {
      const process = 100_000 + index;
      return [
        { host: 'many', process, parent: 99_999, pid: 2000 + index, at: index, event: 'exec', ...CURL },
      ];
    }).flat();
    await observe(
      store,
      [
        ...CASES.map(([what], index) => ({
          host: what,
          flow: index + 1,
          process: 100 * (index + 1),
          start: 1,
        })),
        ...uploads.map(({ process }, index) => ({ host: 'many', flow: 1000 + index, process, start: index })),
      ].map((flow) => ({
        ...flow,
        at: flow.start + 10,
        counter: 'final' as const,
        out: 1000,
        in: 1,
        ip: '198.51.100.7',
      })),
      [
        ...processes,
        { host: 'many', process: 99_999, at: -9, event: 'exec', pid: 1999, ...AGENT },
        ...uploads,
      ],
    );
    ({ run } = await modelOf(store));
  });

  it.each(CASES)('are stable: %s', async (what, _chain, actor) => {
    const [found] = await store.rows<{ actor: string }>(
      `SELECT a.actor AS actor FROM {run:Identifier}.connections AS c
       INNER JOIN {run:Identifier}.actors AS a ON a.host_id = c.host_id AND a.process_id = c.process_id
       WHERE c.host_id = {what:String}`,
      { run, what },
    );
    expect(found?.actor).toBe(actor);
  });

  it.each(CASES)('say beside the text what they are told apart by: %s', async (what, _chain, actor) => {
    const [found] = await store.rows<{ by: string; of: string }>(
      `SELECT a.qualified_by AS by, a.qualifier AS of FROM {run:Identifier}.connections AS c
       INNER JOIN {run:Identifier}.actors AS a ON a.host_id = c.host_id AND a.process_id = c.process_id
       WHERE c.host_id = {what:String}`,
      { run, what },
    );
    // In none of these cases is either word part of a name, so the text can be read.
    expect(found).toEqual(qualificationOf({ actor }));
  });

  it('are one subject however many processes they start', async () => {
    const pairs = await store.rows(
      `SELECT toUInt32(connections) AS connections, toUInt32(bytes_out) AS bytes_out FROM {run:Identifier}.pairs WHERE host_id = 'many'`,
      { run },
    );
    expect(pairs).toEqual([{ connections: 30, bytes_out: 30_000 }]);
  });
});
