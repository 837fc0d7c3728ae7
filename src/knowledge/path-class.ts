/** Where a program lies. `homebrew` is everything installed by hand or package manager below /opt and /usr/local. */
export type PathClass =
  | 'system'
  | 'applications'
  | 'homebrew'
  | 'user_applications'
  | 'library_support'
  | 'developer_build'
  | 'temporary'
  | 'downloads'
  | 'volume'
  | 'hidden'
  | 'other';

const SYSTEM = [
  ...['/system/', '/usr/bin/', '/usr/libexec/', '/usr/sbin/', '/usr/lib/', '/usr/share/', '/bin/', '/sbin/'],
  ...[
    '/library/apple/',
    '/library/developer/commandlinetools/',
    '/var/db/com.apple.xpc.roleaccountd.staging/',
  ],
];
const TEMPORARY = ['/tmp/', '/var/tmp/', '/var/folders/', '/dev/shm/'];
const INSTALLED = ['/opt/', '/usr/local/', '/nix/store/', '/run/current-system/'];
/** Dot-directories in which tool managers keep what a developer runs. */
const DEVELOPER_DOT_DIRECTORIES = new Set([
  ...[
    '.asdf',
    '.build',
    '.bun',
    '.cargo',
    '.claude',
    '.colima',
    '.cursor',
    '.deno',
    '.docker',
    '.dotnet',
    '.ghcup',
  ],
  ...[
    '.gem',
    '.gradle',
    '.jenv',
    '.lima',
    '.local',
    '.m2',
    '.npm',
    '.nvm',
    '.nix-profile',
    '.orbstack',
    '.pnpm',
  ],
  ...[
    '.pyenv',
    '.rbenv',
    '.rd',
    '.rustup',
    '.rvm',
    '.sdkman',
    '.swiftpm',
    '.tox',
    '.venv',
    '.virtualenvs',
    '.volta',
  ],
  ...['.vscode', '.vscode-server', '.vscode-cli', '.yarn', '.conda', '.jetbrains', '.krew', '.terraform.d'],
]);
const DEVELOPER_DIRECTORIES = [
  ...['/deriveddata/', '/node_modules/', '/target/debug/', '/target/release/', '/venv/', '/site-packages/'],
  ...[
    '/go/bin/',
    '/bazel-out/',
    '/cmake-build-',
    '/go-build',
    '/miniconda',
    '/anaconda',
    '/miniforge',
    '/__pycache__/',
  ],
];

/**
 * The class of a program's path. Compared without case, as the default macOS file system does. A dot-directory wins
 * over the place it hides in; temporary places and mounted volumes win over everything below them.
 */
export function pathClass(executable: string): PathClass {
  const path = foldPrivate(executable.toLowerCase());
  if (!path.startsWith('/')) return 'other';
  if (TEMPORARY.some((prefix) => path.startsWith(prefix)))
    return isGoBuild(path) ? 'developer_build' : 'temporary';
  if (path.startsWith('/volumes/')) return 'volume';
  const developer = DEVELOPER_DIRECTORIES.some((part) => path.includes(part));
  const dot = /\/(\.[^/]+)/.exec(path)?.[1];
  if (dot !== undefined && !path.startsWith('/nix/store/')) {
    if (dot === '.trash') return 'hidden';
    return DEVELOPER_DOT_DIRECTORIES.has(dot) && path.startsWith('/users/') ? 'developer_build' : 'hidden';
  }
  if (SYSTEM.some((prefix) => path.startsWith(prefix))) return 'system';
  if (path.startsWith('/applications/')) return 'applications';
  if (INSTALLED.some((prefix) => path.startsWith(prefix))) return 'homebrew';
  const home = /^\/users\/[^/]+\/(.*)$/.exec(path)?.[1] ?? /^\/var\/root\/(.*)$/.exec(path)?.[1];
  if (home?.startsWith('downloads/')) return 'downloads';
  if (developer) return 'developer_build';
  if (home?.startsWith('applications/')) return 'user_applications';
  if (home?.startsWith('library/application support/')) return 'library_support';
  if (home?.startsWith('library/developer/')) return 'developer_build';
  if (/^\/library\/(?:systemextensions|privilegedhelpertools|frameworks|application support)\//.test(path)) {
    return path.startsWith('/library/application support/') ? 'library_support' : 'applications';
  }
  return 'other';
}

/** `/private/tmp` and `/tmp` are one place; so are the data volume and the root it is joined into. */
function foldPrivate(path: string): string {
  const data = '/system/volumes/data/';
  const joined = path.startsWith(data) ? path.slice(data.length - 1) : path;
  return /^\/private\/(?:tmp|var)\//.test(joined) ? joined.slice('/private'.length) : joined;
}

/** `go run` and `go test` build into the temporary directory. */
function isGoBuild(path: string): boolean {
  return path.startsWith('/var/folders/') && /\/go-build\d+\//.test(path);
}
