import type { SimProcess } from '../event.js';
import { inventDomain, inventWord } from '../invent.js';
import { SECOND, type Program } from '../machine.js';
import type { Random } from '../random.js';
import type { FleetHost } from './host.js';
import {
  AWS_CLI,
  BREW_NODE,
  BREW_PYTHON,
  CURL,
  GIT,
  GIT_HTTP,
  NC,
  OSASCRIPT,
  PKG_PYTHON,
  RCLONE,
  RSYNC,
  SCP,
  SH,
  SSH,
  adHoc,
  unsigned,
} from './programs.js';

import type { Shell } from './shell.js';

/** Something a person types; plays itself from `at` on. */
export type Command = (host: FleetHost, random: Random, shell: Shell, at: number) => void;

function run(
  host: FleetHost,
  shell: Shell,
  program: Program,
  at: number,
  args: readonly string[],
  more: { script?: string; cwd?: string; parent?: SimProcess } = {},
): SimProcess {
  return host.machine.exec(program, {
    at,
    until: at + 2 * SECOND,
    args: [...args],
    parent: more.parent ?? shell.zsh,
    responsible: shell.terminal,
    ...(more.script === undefined ? {} : { script: more.script }),
    ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
  });
}

const gitTransfer: Command = (host, random, shell, at) => {
  const push = random.chance(0.4);
  const out = push ? random.logNormal(60e3, 1.9) : random.logNormal(4e3, 0.6);
  const into = push ? random.logNormal(6e3, 0.5) : random.logNormal(300e3, 1.9);
  const where = random.pick(['github.com', 'github.com', 'gitlab.com', `git.${host.company.domain}`]);
  const cwd = `/Users/${host.host.user}/src/${inventWord(random.child('repo'))}`;
  const git = run(host, shell, GIT, at, ['git', push ? 'push' : 'fetch'], { cwd });
  if (random.chance(0.5)) {
    const remote = run(
      host,
      shell,
      GIT_HTTP,
      at + 60,
      ['git-remote-https', 'origin', `https://${where}/team/repo.git`],
      { parent: git, cwd },
    );
    host.machine.connect(remote, {
      at: at + 150,
      seconds: random.logUniform(1, 20),
      out,
      in: into,
      to: host.machine.named(where),
    });
  } else {
    const ssh = run(
      host,
      shell,
      SSH,
      at + 60,
      [
        '/usr/bin/ssh',
        `git@${where}`,
        push ? "git-receive-pack 'team/repo.git'" : "git-upload-pack 'team/repo.git'",
      ],
      { parent: git, cwd },
    );
    host.machine.connect(ssh, {
      at: at + 150,
      seconds: random.logUniform(1, 20),
      out,
      in: into,
      to: host.machine.named(where, 22),
    });
  }
};

const npmInstall: Command = (host, random, shell, at) => {
  const cwd = `/Users/${host.host.user}/src/${inventWord(random.child('repo'))}`;
  const node = run(host, shell, BREW_NODE, at, ['npm', 'install'], {
    script: '/opt/homebrew/lib/node_modules/npm/bin/npm-cli.js',
    cwd,
  });
  for (let i = random.integer(2, 8); i > 0; i--) {
    host.machine.connect(node, {
      at: at + random.between(100, 9000),
      seconds: random.logUniform(2, 30),
      out: random.logNormal(20e3, 0.8),
      in: random.logNormal(4e6, 1.2),
      to: host.machine.named(random.chance(0.85) ? 'registry.npmjs.org' : `npm.${host.company.domain}`),
    });
  }
};

const brewUpgrade: Command = (host, random, shell, at) => {
  const brew = run(host, shell, SH, at, ['/bin/bash', '/opt/homebrew/bin/brew', 'upgrade'], {
    script: '/opt/homebrew/bin/brew',
  });
  for (let i = random.integer(1, 5); i > 0; i--) {
    const url = random.pick(['ghcr.io', 'formulae.brew.sh', 'pkg-containers.githubusercontent.com']);
    const curl = run(
      host,
      shell,
      CURL,
      at + i * 3000,
      [
        '/usr/bin/curl',
        '--disable',
        '--location',
        '--remote-time',
        '--output',
        '/Users/Shared/brew.incomplete',
        `https://${url}/v2/homebrew/core/bottle`,
      ],
      { parent: brew },
    );
    host.machine.connect(curl, {
      at: at + i * 3000 + 90,
      seconds: random.logUniform(1, 40),
      out: random.logNormal(3e3, 0.4),
      in: random.logNormal(9e6, 1.5),
      to: host.machine.named(url),
    });
  }
};

const download: Command = (host, random, shell, at) => {
  const site = random.chance(0.5) ? 'raw.githubusercontent.com' : `downloads.${inventDomain(random)}`;
  const curl = run(host, shell, CURL, at, [
    'curl',
    '-fsSL',
    '-o',
    `${inventWord(random)}.tar.gz`,
    `https://${site}/releases/latest`,
  ]);
  host.machine.connect(curl, {
    at: at + 60,
    seconds: random.logUniform(1, 200),
    out: random.logNormal(2e3, 0.4),
    in: random.logNormal(8e6, 1.8),
    to: host.machine.named(site),
  });
};

/** Trying an API by hand, or a script that reports to a webhook: small POST requests with curl. */
const apiCall: Command = (host, random, shell, at) => {
  const site = random.pick([
    `staging-api.${host.company.domain}`,
    `api.${inventDomain(random)}`,
    'hooks.slack.com',
    'api.github.com',
  ]);
  const curl = run(host, shell, CURL, at, [
    'curl',
    '-X',
    'POST',
    '-H',
    'Content-Type: application/json',
    '-d',
    '@body.json',
    `https://${site}/v1/items`,
  ]);
  host.machine.connect(curl, {
    at: at + 40,
    seconds: random.logUniform(0.2, 5),
    out: random.logNormal(3e3, 1.3),
    in: random.logNormal(6e3, 1),
    to: host.machine.named(site),
  });
};

const sshSession: Command = (host, random, shell, at) => {
  const where = random.chance(0.6)
    ? host.machine.named(`bastion.${host.company.domain}`, 22)
    : random.chance(0.5)
      ? { name: '', ip: `10.20.8.${random.integer(2, 60)}`, port: 22 }
      : host.machine.named(`vps${random.integer(1, 90)}.${inventDomain(random)}`, 22);
  const ssh = run(host, shell, SSH, at, ['ssh', where.name === '' ? where.ip : where.name]);
  const hours = random.logUniform(0.05, 6);
  host.machine.connect(ssh, {
    at: at + 100,
    seconds: hours * 3600,
    out: 6e3 + random.logNormal(150e3, 1) * hours,
    in: 9e3 + random.logNormal(1.2e6, 1.2) * hours,
    to: where,
  });
};

const copyToServer: Command = (host, random, shell, at) => {
  const where = random.chance(0.5)
    ? host.machine.named(`build.${host.company.domain}`, 22)
    : { name: '', ip: `10.20.8.${random.integer(2, 60)}`, port: 22 };
  const target = where.name === '' ? where.ip : where.name;
  const program = random.chance(0.5) ? SCP : RSYNC;
  const tool = run(
    host,
    shell,
    program,
    at,
    program === SCP
      ? ['scp', 'dist.tar.gz', `${target}:/srv/`]
      : ['rsync', '-az', 'dist/', `${target}:/srv/dist/`],
  );
  const ssh = run(host, shell, SSH, at + 30, ['/usr/bin/ssh', '-oForwardAgent=no', target], { parent: tool });
  const out = random.logNormal(9e6, 1.3);
  host.machine.connect(ssh, {
    at: at + 80,
    seconds: 2 + out / 6e6,
    out,
    in: random.logNormal(40e3, 0.6),
    to: where,
  });
};

const pythonScript: Command = (host, random, shell, at) => {
  const script = `/Users/${host.host.user}/${random.pick(['work', 'src', 'scratch'])}/${random.pick(['fetch', 'report', 'train', 'etl', 'scrape', 'notify', 'check'])}_${inventWord(random)}.py`;
  const python = run(host, shell, random.chance(0.7) ? BREW_PYTHON : PKG_PYTHON, at, ['python3', script], {
    script,
  });
  const site = random.pick([
    'pypi.org',
    'files.pythonhosted.org',
    'huggingface.co',
    `data.${host.company.domain}`,
    `api.${inventDomain(random)}`,
    `open.${inventDomain(random)}`,
  ]);
  for (let i = random.integer(1, 6); i > 0; i--) {
    host.machine.connect(python, {
      at: at + random.between(200, 60_000),
      seconds: random.logUniform(0.5, 120),
      out: random.logNormal(6e3, 1.2),
      in: random.logNormal(900e3, 2),
      to: host.machine.named(site),
    });
  }
};

/** A small result goes to the company's own bucket. */
const ownBucket: Command = (host, random, shell, at) => {
  const bucket = `${host.company.tenant}-${random.pick(['artifacts', 'data', 'reports'])}`;
  const aws = run(host, shell, AWS_CLI, at, [
    'aws',
    's3',
    'cp',
    'results.parquet',
    `s3://${bucket}/results/`,
  ]);
  const out = random.logNormal(4e6, 1.6);
  host.machine.connect(aws, {
    at: at + 300,
    seconds: 1 + out / 4e6,
    out: Math.min(out, 600e6),
    in: 9e3,
    to: host.machine.named(`${bucket}.s3.eu-west-1.amazonaws.com`),
  });
};

/** Whatever was just compiled: unsigned or linker-signed, new hash each time, mostly talking to itself. */
export const ownBuild: Command = (host, random, shell, at) => {
  const name = inventWord(random.child('crate'));
  const path = `/Users/${host.host.user}/src/${name}/${random.pick(['target/debug', 'build', 'bin', '.build/debug'])}/${name}`;
  const program = random.chance(0.4)
    ? unsigned(path)
    : adHoc(path, `${name}-${random.hex(16)}`, random.hex(8));
  const process = run(host, shell, program, at, [path]);
  for (let i = random.integer(1, 5); i > 0; i--) {
    const local = random.chance(0.6);
    host.machine.connect(process, {
      at: at + random.between(50, 90_000),
      seconds: random.logUniform(0.2, 900),
      out: random.logNormal(20e3, 1.6),
      in: random.logNormal(60e3, 1.6),
      to: local
        ? { name: '', ip: '127.0.0.1', port: random.pick([3000, 5432, 6379, 8080]) }
        : host.machine.named(
            random.pick([
              `db-dev.${host.company.domain}`,
              `staging-api.${host.company.domain}`,
              `api.${inventDomain(random)}`,
            ]),
          ),
    });
  }
};

const goTool: Command = (host, random, shell, at) => {
  const name = inventWord(random);
  const program = adHoc(`/Users/${host.host.user}/go/bin/${name}`, 'a.out', name);
  const process = run(host, shell, program, at, [
    name,
    random.pick(['sync', 'get', 'lint', 'version', 'list']),
  ]);
  host.machine.connect(process, {
    at: at + 80,
    seconds: random.logUniform(0.5, 60),
    out: random.logNormal(4e3, 1),
    in: random.logNormal(40e3, 1.8),
    to: host.machine.named(
      random.pick(['proxy.golang.org', 'api.github.com', `api.${inventDomain(random)}`]),
    ),
  });
};

/** Dual-use tools run for harmless ends: nothing leaves the Mac, or only a greeting. */
const harmless: Command = (host, random, shell, at) => {
  const [program, args, local] = random.pick([
    [CURL, ['curl', '-s', 'http://localhost:3000/health'], 3000],
    [CURL, ['curl', '-F', 'file=@sample.zip', 'http://127.0.0.1:8080/upload'], 8080],
    [NC, ['nc', '-z', '127.0.0.1', '5432'], 5432],
    [SSH, ['ssh', '-V'], 0],
    [RCLONE, ['rclone', 'version'], 0],
    [OSASCRIPT, ['osascript', '-e', 'display notification "build done"'], 0],
    [RSYNC, ['rsync', '-a', 'docs/', '/Volumes/Backup/docs/'], 0],
    [BREW_PYTHON, ['python3', '-m', 'http.server', '8000', '--bind', '127.0.0.1'], 0],
  ] as const);
  const process = run(host, shell, program, at, args);
  if (local === 0) return;
  host.machine.connect(process, {
    at: at + 20,
    seconds: random.logUniform(0.02, 2),
    out: random.logNormal(3e3, 2),
    in: random.logNormal(2e3, 1),
    to: { name: '', ip: '127.0.0.1', port: local },
  });
};

export const DEVELOPER_COMMANDS: readonly (readonly [Command, number])[] = [
  [gitTransfer, 8],
  [npmInstall, 2],
  [brewUpgrade, 0.6],
  [download, 1],
  [apiCall, 1.6],
  [sshSession, 1],
  [copyToServer, 0.35],
  [pythonScript, 1.4],
  [ownBucket, 0.25],
  [ownBuild, 1.6],
  [harmless, 2],
  [goTool, 0.6],
];
export const SCIENTIST_COMMANDS: readonly (readonly [Command, number])[] = [
  [pythonScript, 6],
  [gitTransfer, 2],
  [ownBucket, 1],
  [sshSession, 1.5],
  [harmless, 0.8],
  [copyToServer, 0.5],
  [download, 1],
];
export const IT_COMMANDS: readonly (readonly [Command, number])[] = [
  [sshSession, 3],
  [download, 1],
  [brewUpgrade, 0.5],
  [apiCall, 1],
  [copyToServer, 0.5],
  [pythonScript, 0.5],
];
