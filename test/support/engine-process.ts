import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = fileURLToPath(new URL('engine-script.ts', import.meta.url));
/** vitest's own runner of TypeScript; so the process runs the same sources as the test, not a build. */
const RUNNER = join(createRequire(import.meta.url).resolve('vite-node/package.json'), '..', 'vite-node.mjs');

export interface EngineProcess {
  readonly child: ChildProcess;
  /** Resolves when the process has printed `word` on a line of its own. */
  readonly said: (word: string) => Promise<void>;
  /** Resolves with everything it printed, once it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Runs one step of `engine-script.ts` in a process of its own. */
export function startEngineProcess(step: 'hold' | 'land', args: readonly string[]): EngineProcess {
  const child = spawn(process.execPath, [RUNNER, '--root', ROOT, SCRIPT, step, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting: { word: string; done: () => void }[] = [];
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const { word, done } of waiting) if (output.split('\n').includes(word)) done();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<{ code: number | null; output: string }>((done) => {
    child.once('close', (code) => {
      done({ code, output });
    });
  });
  return {
    child,
    ended,
    said: (word) =>
      Promise.race([
        new Promise<void>((done) => {
          waiting.push({ word, done });
          hear(Buffer.alloc(0));
        }),
        ended.then(() => {
          throw new Error(`ended without saying ${word}:\n${output}`);
        }),
      ]),
  };
}
