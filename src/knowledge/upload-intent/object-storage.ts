import { explicit, hostOf, type IntentHandler, isRemote, possible, type UploadIntent } from './intent.js';
import { hasOption, lastValue, type OptionSyntax, type ParsedArguments, parseArguments } from './options.js';

/** Words before the first option value are the verb; `cp`, `sync` and the like decide with their operands. */
const AWS: OptionSyntax = {
  short: '',
  long: [
    ...[
      'profile',
      'region',
      'endpoint-url',
      'output',
      'ca-bundle',
      'cli-read-timeout',
      'cli-connect-timeout',
      'query',
    ],
    ...[
      'acl',
      'exclude',
      'include',
      'storage-class',
      'sse',
      'sse-kms-key-id',
      'content-type',
      'metadata',
      'bucket',
    ],
    ...[
      'key',
      'body',
      'expires',
      'cache-control',
      'content-encoding',
      'page-size',
      'expected-size',
      'request-payer',
    ],
    ...['source-region', 'upload-id', 'part-number', 'color', 'grants'],
  ],
};

/** aws s3 cp, mv, sync to s3://, and the API calls that put objects. */
export const aws: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, AWS);
  const [service, verb, ...operands] = parsed.operands;
  const endpoint = hostOf(lastValue(parsed, 'endpoint-url') ?? '');
  if (service === 's3api' && /^(?:put-object|upload-part|create-multipart-upload)$/.test(verb ?? '')) {
    const bucket = lastValue(parsed, 'bucket');
    return explicit(
      'upload',
      endpoint ?? (bucket === undefined ? undefined : `s3://${bucket}`),
      `aws s3api ${verb ?? ''} stores an object`,
    );
  }
  if (service !== 's3' || !/^(?:cp|mv|sync)$/.test(verb ?? '')) return undefined;
  return bucketCopy('aws s3', /^s3:\/\//i, operands, endpoint);
};

/** gsutil and gcloud storage: cp, mv, rsync to gs:// or s3://; gcloud compute scp to a host. */
export const gcloud: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'hojazx',
    long: [
      'project',
      'account',
      'configuration',
      'zone',
      'storage-class',
      'include',
      'exclude',
      'impersonate-service-account',
    ],
  });
  const words = parsed.operands;
  if (name === 'gcloud' && words[0] === 'compute' && words[1] === 'scp')
    return toLast('gcloud compute scp', words.slice(2));
  const verbs = name === 'gcloud' ? (words[0] === 'storage' ? words.slice(1) : []) : words;
  if (!/^(?:cp|mv|rsync)$/.test(verbs[0] ?? '')) return undefined;
  return bucketCopy(name, /^(?:gs|s3):\/\//i, verbs.slice(1), undefined);
};

/** s3cmd put and sync, s5cmd cp, mv, sync and pipe. */
export const s3Tools: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'c',
    long: [
      'config',
      'access_key',
      'secret_key',
      'host',
      'host-bucket',
      'endpoint-url',
      'profile',
      'numworkers',
      'exclude',
      'include',
      'region',
    ],
  });
  const [verb, ...operands] = parsed.operands;
  const endpoint = hostOf(lastValue(parsed, 'host', 'endpoint-url') ?? '');
  if (verb === 'pipe')
    return explicit('pipe', endpoint ?? bucketOf(operands[0] ?? ''), `${name} stores its input as an object`);
  if (!/^(?:put|cp|mv|sync)$/.test(verb ?? '')) return undefined;
  return bucketCopy(name, /^s3:\/\//i, operands, endpoint);
};

function bucketCopy(
  tool: string,
  scheme: RegExp,
  operands: readonly string[],
  endpoint: string | undefined,
): UploadIntent | undefined {
  const last = operands.at(-1);
  if (last === undefined || !scheme.test(last) || operands.length < 2) return undefined;
  if (operands.slice(0, -1).every((source) => scheme.test(source))) return undefined;
  return explicit('upload', endpoint ?? bucketOf(last), `${tool} copies files of this Mac to a bucket`);
}

function bucketOf(url: string): string {
  return url.split('/', 3).join('/');
}

/** azcopy copy and sync to https://, az storage uploads. */
export const azure: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'fncsd',
    long: [
      'account-name',
      'account-key',
      'container-name',
      'destination',
      'source',
      'file',
      'name',
      'sas-token',
      'connection-string',
      'include-pattern',
      'exclude-pattern',
      'log-level',
      'from-to',
      'cap-mbps',
    ],
  });
  const words = parsed.operands;
  if (name === 'azcopy') {
    return /^(?:copy|cp|c|sync|s)$/.test(words[0] ?? '') ? toLast('azcopy', words.slice(1)) : undefined;
  }
  if (words[0] !== 'storage' || !words.some((word) => /^(?:upload|upload-batch|sync)$/.test(word)))
    return undefined;
  const account = lastValue(parsed, 'account-name');
  return explicit(
    'upload',
    account === undefined ? undefined : `${account}.blob.core.windows.net`,
    'az storage uploads files',
  );
};

function toLast(tool: string, operands: readonly string[]): UploadIntent | undefined {
  const last = operands.at(-1);
  if (last === undefined || operands.length < 2 || !isRemote(last) || operands.slice(0, -1).every(isRemote))
    return undefined;
  return explicit('upload', hostOf(last), `${tool} copies files of this Mac to a remote`);
}

/** MinIO's mc: an alias has no mark of its own, so a local source must look like a path. */
export const minio: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, {
    short: 'C',
    long: [
      'config-dir',
      'limit-upload',
      'limit-download',
      'attr',
      'newer-than',
      'older-than',
      'exclude',
      'storage-class',
      'tags',
    ],
  });
  const [verb, ...operands] = parsed.operands;
  const last = operands.at(-1);
  if (last === undefined || /^[./~]/.test(last)) return undefined;
  if (verb === 'pipe') return explicit('pipe', last.split('/', 1)[0], 'mc stores its input as an object');
  if (!/^(?:cp|mv|mirror|put)$/.test(verb ?? '') || operands.length < 2) return undefined;
  const target = last.split('/', 1)[0];
  if (operands.slice(0, -1).some((source) => /^[./~]/.test(source)))
    return explicit('upload', target, 'mc copies files of this Mac to a bucket');
  return possible('upload', target, 'mc copies to a bucket');
};

const RCLONE: OptionSyntax = {
  short: 'fmp',
  long: [
    ...[
      'transfers',
      'checkers',
      'bwlimit',
      'config',
      'include',
      'include-from',
      'exclude',
      'exclude-from',
      'filter',
    ],
    ...[
      'filter-from',
      'files-from',
      'max-age',
      'min-age',
      'max-size',
      'min-size',
      'log-file',
      'log-level',
      'stats',
    ],
    ...[
      'retries',
      'low-level-retries',
      'buffer-size',
      'multi-thread-streams',
      'multi-thread-cutoff',
      'tpslimit',
    ],
    ...[
      'contimeout',
      'timeout',
      'backup-dir',
      'suffix',
      'user-agent',
      'bind',
      'max-transfer',
      'max-duration',
    ],
    ...[
      'order-by',
      'cutoff-mode',
      'rc-addr',
      'addr',
      'user',
      'pass',
      'vfs-cache-mode',
      'cache-dir',
      'max-depth',
    ],
    ...[
      'drive-chunk-size',
      's3-chunk-size',
      's3-upload-concurrency',
      's3-endpoint',
      's3-provider',
      's3-region',
    ],
    ...[
      's3-access-key-id',
      's3-secret-access-key',
      'onedrive-chunk-size',
      'b2-chunk-size',
      'dropbox-chunk-size',
    ],
  ],
};

/** rclone: local to `remote:` uploads; serve and mount open a way that others can use. */
export const rclone: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, RCLONE);
  const [verb, ...operands] = parsed.operands;
  const last = operands.at(-1);
  if (verb === undefined || hasOption(parsed, 'dry-run', 'n')) return undefined;
  if (verb === 'serve') return explicit('listen_tunnel', remoteName(last), 'rclone serves files');
  if (last === undefined) return undefined;
  if (verb === 'rcat' && isRcloneRemote(last))
    return explicit('pipe', remoteName(last), 'rclone stores its input on a remote');
  if (verb === 'mount' || verb === 'nfsmount' || verb === 'cmount') {
    return possible(
      'upload',
      remoteName(operands[0]),
      'rclone mounts a remote, and what is written there is uploaded',
    );
  }
  return /^(?:copy|copyto|sync|move|moveto|bisync)$/.test(verb)
    ? rcloneCopy(verb, operands, parsed)
    : undefined;
};

function rcloneCopy(
  verb: string,
  operands: readonly string[],
  parsed: ParsedArguments,
): UploadIntent | undefined {
  const [source, destination] = [operands.at(-2), operands.at(-1)];
  if (source === undefined || destination === undefined) return undefined;
  const endpoint = hostOf(lastValue(parsed, 's3-endpoint') ?? '');
  const toRemote = isRcloneRemote(destination);
  if (verb === 'bisync' && isRcloneRemote(source) !== toRemote) {
    return explicit(
      'upload',
      endpoint ?? remoteName(toRemote ? destination : source),
      'rclone synchronises files of this Mac with a remote',
    );
  }
  if (!toRemote) return undefined;
  const target = endpoint ?? remoteName(destination);
  return isRcloneRemote(source)
    ? possible('upload', target, `rclone ${verb} between two remotes through this Mac`)
    : explicit('upload', target, `rclone ${verb} of files of this Mac to a remote`);
}

function isRcloneRemote(operand: string): boolean {
  return operand.startsWith(':') ? operand.length > 1 : isRemote(operand);
}

function remoteName(operand: string | undefined): string | undefined {
  if (operand === undefined || !isRcloneRemote(operand)) return undefined;
  const colon = operand.indexOf(':', 1);
  return operand.slice(0, colon < 0 ? undefined : colon + 1);
}
