import { explicit, hostOf, type IntentHandler, isRemote, possible } from './intent.js';
import { hasOption, lastValue, parseArguments } from './options.js';

/** git push; git-remote-http serves fetches as well as pushes. */
export const git: IntentHandler = ({ name, args }) => {
  if (name.startsWith('git-remote-')) {
    const url = args.find((arg) => arg.includes('://'));
    return url === undefined ? undefined : possible('upload', hostOf(url), 'git talks to a remote');
  }
  const parsed = parseArguments(args, {
    short: 'Cco',
    long: ['git-dir', 'work-tree', 'namespace', 'exec-path', 'repo', 'receive-pack', 'push-option'],
  });
  const [verb, remote] = parsed.operands;
  if (verb === 'push' || verb === 'send-pack' || name === 'git-push' || name === 'git-send-pack') {
    if (hasOption(parsed, 'n', 'dry-run')) return undefined;
    const to = verb === 'push' || verb === 'send-pack' ? remote : verb;
    const target = to !== undefined && isRemote(to) ? hostOf(to) : to;
    return explicit('upload', target, 'git pushes commits');
  }
  return undefined;
};

/** docker and podman push; a build that ends in a push. */
export const containers: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'HcltfDo',
    long: [
      'host',
      'context',
      'config',
      'log-level',
      'tag',
      'file',
      'platform',
      'builder',
      'output',
      'build-arg',
      'cache-to',
      'cache-from',
    ],
  });
  const words = parsed.operands;
  const push =
    words[0] === 'push' || ((words[0] === 'image' || words[0] === 'compose') && words[1] === 'push');
  if (push) {
    const image = words[0] === 'push' ? words[1] : words[0] === 'image' ? words[2] : undefined;
    return explicit('upload', registryOf(image), `${name} pushes an image`);
  }
  if (words.includes('build') && hasOption(parsed, 'push')) {
    return explicit(
      'upload',
      registryOf(lastValue(parsed, 't', 'tag')),
      `${name} builds and pushes an image`,
    );
  }
  return undefined;
};

/** The registry is the first part of an image name when it looks like a host. */
function registryOf(image: string | undefined): string | undefined {
  if (image === undefined) return undefined;
  const first = image.split('/', 1)[0] ?? '';
  return image.includes('/') && /[.:]|^localhost$/.test(first) ? hostOf(first) : 'docker.io';
}

/** Package publication: npm, yarn, pnpm, cargo, gem, twine, and gh releases and gists. */
export const publish: IntentHandler = ({ name, args }) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const verb = words[0] ?? '';
  const registry = args.find((arg) => arg.startsWith('--registry='))?.slice('--registry='.length) ?? '';
  if (
    /^(?:npm|yarn|pnpm|bun|cargo|uv|poetry)$/.test(name) &&
    (verb === 'publish' || (verb === 'npm' && words[1] === 'publish'))
  ) {
    return args.includes('--dry-run')
      ? undefined
      : explicit('upload', hostOf(registry), `${name} publishes a package`);
  }
  if (name === 'gem' && verb === 'push') return explicit('upload', undefined, 'gem pushes a package');
  if (name === 'twine' && verb === 'upload') return explicit('upload', undefined, 'twine uploads a package');
  if (
    name === 'gh' &&
    ((verb === 'release' && words[1] === 'upload') || (verb === 'gist' && words[1] === 'create'))
  ) {
    return explicit('upload', 'github.com', `gh ${verb} uploads files`);
  }
  return undefined;
};

/** Backup programs: a repository on this Mac is no upload; one named in the environment or a profile may be. */
export const backup: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'rpoe',
    long: [
      'repo',
      'repository-file',
      'password-file',
      'option',
      'exclude',
      'exclude-file',
      'tag',
      'host',
      'limit-upload',
      'config-file',
      'compression',
      'remote-path',
      'rsh',
      'comment',
      'full-if-older-than',
    ],
  });
  const words = parsed.operands;
  const verb = words[0] ?? '';
  if (name === 'restic') {
    return verb === 'backup' || verb === 'copy'
      ? repositoryIntent(name, lastValue(parsed, 'r', 'repo'))
      : undefined;
  }
  if (name === 'borg') {
    if (verb !== 'create') return undefined;
    const archive = words.slice(1).find((word) => word.includes('::'));
    return repositoryIntent(name, archive?.startsWith('::') === true ? undefined : archive);
  }
  if (name === 'kopia') {
    if (verb === 'snapshot' || verb === 'snap')
      return words[1] === 'create' ? repositoryIntent(name, undefined) : undefined;
    const kind = verb === 'repository' || verb === 'repo' ? words[2] : undefined;
    return kind === undefined || kind === 'filesystem' || words[1] === 'status'
      ? undefined
      : possible('upload', kind, 'kopia uses a repository elsewhere');
  }
  if (name === 'duplicacy') return verb === 'backup' ? repositoryIntent(name, undefined) : undefined;
  const target = words.at(-1);
  return target !== undefined && words.length > 1 && isRemote(target) && !words.slice(0, -1).some(isRemote)
    ? repositoryIntent(name, target)
    : undefined;
};

function repositoryIntent(name: string, repository: string | undefined) {
  if (repository === undefined)
    return possible('upload', undefined, `${name} backs up to a repository the arguments do not name`);
  const remote =
    /^(?:sftp|rest|s3|b2|azure|gs|swift|rclone):/i.test(repository) ||
    isRemote(repository.replace(/::.*$/, ''));
  if (!remote) return undefined;
  const place = repository.replace(/^(?:sftp|rest|s3|b2|azure|gs|swift|rclone):(?=.)/i, '');
  return explicit('upload', hostOf(place) ?? repository, `${name} backs up to a repository elsewhere`);
}

/** croc and magic-wormhole hand files to whoever knows the code. */
export const peerTransfer: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'c',
    long: [
      'relay',
      'relay6',
      'code',
      'pass',
      'ports',
      'text',
      'relay-url',
      'transit-helper',
      'appid',
      'socks5',
      'ip',
    ],
  });
  const verb = parsed.operands[0];
  if (verb !== 'send' && verb !== 'tx' && verb !== 'relay' && verb !== 'ssh') return undefined;
  const relay = lastValue(parsed, 'relay', 'relay-url');
  if (verb === 'relay') return explicit('listen_tunnel', undefined, `${name} relays transfers`);
  return explicit('upload', relay === undefined ? undefined : hostOf(relay), `${name} sends files to a peer`);
};

/** Command line clients of sync services. */
export const mega: IntentHandler = ({ name, args }) =>
  /^mega-(?:put|sync|backup)$/.test(name) && args.length > 0
    ? explicit('upload', 'mega.nz', `${name} uploads files`)
    : undefined;

/** Aspera's ascp has scp's operands; Cyberduck's duck says --upload. */
export const duck: IntentHandler = ({ args }) => {
  const at = args.findIndex((arg) => arg === '--upload' || arg === '--synchronize');
  return at < 0 ? undefined : explicit('upload', hostOf(args[at + 1] ?? ''), 'duck uploads files');
};
