import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PACKAGES = new URL('../../node_modules/@chdb/', import.meta.url);
const C_PROGRAM = fileURLToPath(new URL('clickhouse-server.c', import.meta.url));
const PYTHON_PROGRAM = fileURLToPath(new URL('clickhouse-server.py', import.meta.url));
const USERS = fileURLToPath(new URL('clickhouse-users.xml', import.meta.url));

export interface ClickHouseServer {
  /** `http://127.0.0.1:PORT`, default user, no password. */
  readonly url: string;
  /** Native protocol, for `Distributed` and `remote()`. */
  readonly tcpPort: number;
  /** Ends the server and removes its directory. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** The server ends by itself after this many seconds, should nobody stop it. */
  readonly lifetimeSeconds?: number;
  /** `auto` takes a C compiler, else Python 3. */
  readonly launcher?: 'auto' | 'c' | 'python';
}

/**
 * Starts a real ClickHouse server on free loopback ports. It comes out of the npm dependency: libchdb holds all of
 * clickhouse-local, which can listen on the HTTP and native ports.
 *
 * @returns the server, or the reason in words why this machine cannot have one
 */
export async function startClickHouse(options: ServerOptions = {}): Promise<ClickHouseServer | string> {
  const library = findLibrary();
  if (library === undefined) return 'no libchdb in node_modules/@chdb';
  const directory = mkdtempSync(join(tmpdir(), 'outflow-server-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  const launcher = prepareLauncher(directory, options.launcher ?? 'auto');
  if (launcher === undefined) {
    remove();
    return 'neither a C compiler (cc, gcc, clang) nor Python 3 is present';
  }
  const [httpPort, tcpPort] = await freePorts();
  const data = join(directory, 'data');
  mkdirSync(data);
  const logPath = join(directory, 'server.log');
  const log = openSync(logPath, 'w');
  const child = spawn(
    launcher[0]!,
    [
      ...launcher.slice(1),
      library,
      '--path',
      data,
      `--http_port=${httpPort}`,
      `--tcp_port=${tcpPort}`,
      '--listen_host=127.0.0.1',
      '--config-file',
      USERS,
      '--query',
      serveForSeconds(options.lifetimeSeconds ?? 1800),
    ],
    { cwd: directory, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const killWithParent = (): void => {
    child.kill('SIGKILL');
    remove();
  };
  process.once('exit', killWithParent);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', killWithParent);
    await end(child);
    remove();
  };
  const url = `http://127.0.0.1:${httpPort}`;
  if (await answers(url, child)) return { url, tcpPort, stop };
  const lastWords = readFileSync(logPath, 'utf8').trim().split('\n').at(-1) ?? '';
  await stop();
  return `the server did not start: ${lastWords}`;
}

/** Serves both ports while one slow query runs; without it clickhouse-local would end. */
function serveForSeconds(seconds: number): string {
  return `SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP;
    SELECT sleepEachRow(1) FROM numbers(${seconds})
    SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0 FORMAT Null`;
}

function findLibrary(): string | undefined {
  const packages = fileURLToPath(PACKAGES);
  if (!existsSync(packages)) return undefined;
  return readdirSync(packages)
    .map((name) => join(packages, name, 'libchdb.so'))
    .find((path) => existsSync(path));
}

function prepareLauncher(directory: string, wanted: 'auto' | 'c' | 'python'): string[] | undefined {
  if (wanted !== 'python') {
    const program = join(directory, 'clickhouse-server');
    for (const compiler of ['cc', 'gcc', 'clang']) {
      const compiled = spawnSync(compiler, ['-O1', '-o', program, C_PROGRAM, '-ldl'], { stdio: 'ignore' });
      if (compiled.status === 0) return [program];
    }
  }
  if (wanted !== 'c' && spawnSync('python3', ['-c', 'import ctypes'], { stdio: 'ignore' }).status === 0) {
    return ['python3', PYTHON_PROGRAM];
  }
  return undefined;
}

/** Two ports nobody listens on; both are held until both are known, so that they differ. */
async function freePorts(): Promise<[number, number]> {
  const open = (): Promise<[number, () => Promise<void>]> =>
    new Promise((done, fail) => {
      const server = createServer();
      server.once('error', fail);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        done([port, () => new Promise((closed) => server.close(() => closed()))]);
      });
    });
  const [first, closeFirst] = await open();
  const [second, closeSecond] = await open();
  await Promise.all([closeFirst(), closeSecond()]);
  return [first, second];
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 600 && isRunning(child); attempt++) {
    try {
      const response = await fetch(`${url}/?query=SELECT%201`);
      if (response.ok && (await response.text()).trim() === '1') return true;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Nothing of a test server is worth keeping, so it is not asked politely. */
async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}
