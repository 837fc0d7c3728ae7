// Compiles src/ to dist/ and copies what the code reads at run time (.sql, .json, .yaml, .css, .md of sources).
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = /\.(sql|json|yaml|css)$/;
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });

for (const entry of readdirSync(join(root, 'src'), { recursive: true })) {
  const from = join(root, 'src', entry);
  if (!assets.test(entry) || !statSync(from).isFile()) continue;
  const to = join(root, 'dist', relative(join(root, 'src'), from));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

// npm links the command once; a build must not take its executable bit away.
chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
