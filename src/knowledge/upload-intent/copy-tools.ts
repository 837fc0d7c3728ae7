import { explicit, hostOf, type IntentHandler, isRemote, possible, type UploadIntent } from './intent.js';
import { hasOption, lastValue, parseArguments } from './options.js';

/** Local operands before a remote last one are an upload; the other way round is a download. */
export function copyIntent(
  tool: string,
  operands: readonly string[],
  relayed = false,
): UploadIntent | undefined {
  const last = operands.at(-1);
  if (last === undefined || operands.length < 2 || !isRemote(last)) return undefined;
  const sources = operands.slice(0, -1);
  const target = hostOf(last);
  if (sources.some((source) => !isRemote(source)))
    return explicit('upload', target, `${tool} copies files of this Mac to a host`);
  return relayed
    ? possible('upload', target, `${tool} copies between two hosts through this Mac`)
    : undefined;
}

/** scp: the operand that names a host decides the direction. `-t` is the receiving side that ssh starts remotely. */
export const scp: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, { short: 'cDFiJloPSX', long: [] });
  return copyIntent('scp', parsed.operands, hasOption(parsed, '3'));
};

/** sftp: put is typed or read from a batch, so the arguments only allow it; `sftp host:file` fetches. */
export const sftp: IntentHandler = ({ args, piped }) => {
  const parsed = parseArguments(args, { short: 'BbcDFiJloPRSsX', long: [] });
  const host = parsed.operands[0];
  if (host === undefined) return undefined;
  if (hasOption(parsed, 'b') || piped)
    return possible('upload', hostOf(host), 'sftp runs commands from a batch');
  return isRemote(host) && !host.includes('://')
    ? undefined
    : possible('upload', hostOf(host), 'sftp session');
};

const RSYNC = {
  short: 'eBfMT@',
  long: [
    ...[
      'rsh',
      'rsync-path',
      'exclude',
      'exclude-from',
      'include',
      'include-from',
      'files-from',
      'filter',
      'bwlimit',
    ],
    ...[
      'password-file',
      'log-file',
      'backup-dir',
      'suffix',
      'temp-dir',
      'partial-dir',
      'compare-dest',
      'copy-dest',
    ],
    ...[
      'link-dest',
      'timeout',
      'contimeout',
      'port',
      'max-size',
      'min-size',
      'block-size',
      'out-format',
      'info',
    ],
    ...[
      'debug',
      'chmod',
      'chown',
      'usermap',
      'groupmap',
      'address',
      'sockopts',
      'remote-option',
      'compress-level',
    ],
    ...[
      'compress-choice',
      'checksum-choice',
      'iconv',
      'modify-window',
      'max-delete',
      'skip-compress',
      'stop-after',
    ],
  ],
} as const;

/** rsync: as scp, with `host::module` and rsync:// too. `--server --sender` answers a pull from elsewhere. */
export const rsync: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, RSYNC);
  if (hasOption(parsed, 'server')) {
    return hasOption(parsed, 'sender')
      ? possible('upload', undefined, 'rsync sends files to a host that asked')
      : undefined;
  }
  if (hasOption(parsed, 'daemon'))
    return explicit('listen_tunnel', undefined, 'rsync serves files of this Mac');
  return copyIntent('rsync', parsed.operands);
};

const PUT_COMMAND = /(?:^|[\s;])m?put\s|(?:^|[\s;])mirror\s(?:[^;]{0,256}\s)?(?:-[A-Za-z]*R|--reverse)/;

/** ftp, tftp and lftp: put, mput and mirror -R upload; commands may also come from a file or from input. */
export const ftp: IntentHandler = ({ name, args, piped }) => {
  const text = args.join(' ').slice(0, 8192);
  const host = hostOf(
    args.find((arg) => arg.includes('://')) ?? args.find((arg) => /^[\w.-]+\.[\w.-]+$/.test(arg)) ?? '',
  );
  if (name.startsWith('ncftpput')) return explicit('upload', host, 'ncftpput uploads files');
  if (PUT_COMMAND.test(text)) return explicit('upload', host, `${name} uploads files (put)`);
  if (name === 'ftp' && args.includes('-u')) return explicit('upload', host, 'ftp uploads files (-u)');
  const parsed = parseArguments(args, { short: 'efcpuP', long: ['file'] });
  if (name === 'lftp' && (lastValue(parsed, 'f', 'file') !== undefined || piped)) {
    return possible('upload', host, 'lftp runs commands from a file');
  }
  return host === undefined ? undefined : possible('upload', host, `${name} session`);
};
