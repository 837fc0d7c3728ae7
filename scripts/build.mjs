// Compiles src/ to dist/ and copies what the code reads at run time (.sql, .json, .yaml, .css). With --if-stale it does
// nothing when dist/ was built from exactly these sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const assets = /\.(sql|json|yaml|css)$/;
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  .sort();

const digest = digestOf([...sources, 'scripts/build.mjs', 'tsconfig.json', 'tsconfig.build.json']);
/** Holds the digest of what dist/ was built from; not published. */
const stamp = join(dist, '.sources');
if (!process.argv.includes('--if-stale') || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest)
  build();

function build() {
  // Built beside the old one and put in its place whole, so that no command meets half of it.
  const made = join(root, `dist.${process.pid}.new`);
  const old = join(root, `dist.${process.pid}.old`);
  try {
    execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', made], {
      stdio: 'inherit',
    });
    for (const path of sources.filter((name) => assets.test(name))) {
      const to = join(made, path.slice('src/'.length));
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(root, path), to);
    }
    // npm links the command once; a build must not take its executable bit away.
    chmodSync(join(made, 'cli', 'main.js'), 0o755);
    writeFileSync(join(made, '.sources'), digest);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(made, dist);
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
