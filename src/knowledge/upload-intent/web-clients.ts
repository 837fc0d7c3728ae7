import { type Command, explicit, hostOf, type IntentHandler, possible, type UploadIntent } from './intent.js';
import { hasOption, lastValue, parseArguments } from './options.js';

/** From curl's manual; options missing here are read as flags, which costs at most a wrong operand. */
const CURL = {
  short: 'AbcCdDeEFHKmoPQrtTuUwxXyYz',
  long: [
    ...[
      'abstract-unix-socket',
      'alt-svc',
      'aws-sigv4',
      'cacert',
      'capath',
      'cert',
      'cert-type',
      'ciphers',
      'config',
    ],
    ...[
      'connect-timeout',
      'connect-to',
      'continue-at',
      'cookie',
      'cookie-jar',
      'crlfile',
      'data',
      'data-ascii',
    ],
    ...[
      'data-binary',
      'data-raw',
      'data-urlencode',
      'dns-servers',
      'doh-url',
      'dump-header',
      'form',
      'form-string',
    ],
    ...[
      'ftp-account',
      'ftp-method',
      'ftp-port',
      'header',
      'hostpubmd5',
      'interface',
      'json',
      'key',
      'keepalive-time',
    ],
    ...[
      'limit-rate',
      'local-port',
      'mail-auth',
      'mail-from',
      'mail-rcpt',
      'max-filesize',
      'max-redirs',
      'max-time',
    ],
    ...[
      'netrc-file',
      'noproxy',
      'oauth2-bearer',
      'output',
      'output-dir',
      'pass',
      'pinnedpubkey',
      'preproxy',
      'proto',
    ],
    ...['proxy', 'proxy-header', 'proxy-user', 'pubkey', 'quote', 'range', 'rate', 'referer', 'request'],
    ...[
      'request-target',
      'resolve',
      'retry',
      'retry-delay',
      'retry-max-time',
      'service-name',
      'socks4',
      'socks4a',
    ],
    ...['socks5', 'socks5-hostname', 'speed-limit', 'speed-time', 'stderr', 'time-cond', 'tls-max', 'trace'],
    ...[
      'trace-ascii',
      'unix-socket',
      'upload-file',
      'upload-flags',
      'url',
      'url-query',
      'user',
      'user-agent',
      'write-out',
    ],
  ],
  abbreviated: true,
} as const;

const FILE_BODY = new Set(['d', 'data', 'data-ascii', 'data-binary', 'json']);
const ANY_BODY = new Set([...FILE_BODY, 'data-raw', 'data-urlencode', 'form-string']);

/** curl: -T, -F @file and -d @file send files; inline bodies and a config file may. */
export const curl: IntentHandler = (command) => {
  const parsed = parseArguments(command.args, CURL);
  const target = hostOf(lastValue(parsed, 'url') ?? parsed.operands[0] ?? '');
  if (hasOption(parsed, 'T', 'upload-file')) return explicit('upload', target, 'curl uploads a file (-T)');
  for (const option of parsed.options) {
    const value = option.value ?? '';
    if ((option.name === 'F' || option.name === 'form') && /=[@<]/.test(value)) {
      return explicit('upload', target, 'curl sends a file as a form (-F)');
    }
    if (sendsFileAsBody(option.name, value) && !hasOption(parsed, 'G', 'get')) {
      const stdin = value.endsWith('@-');
      return explicit(
        stdin ? 'pipe' : 'upload',
        target,
        stdin ? 'curl sends its input as the request body' : 'curl sends a file as the request body',
      );
    }
  }
  if (hasOption(parsed, 'K', 'config')) {
    return possible('upload', target, 'curl takes its options from a file (-K), so an upload would not show');
  }
  const body = parsed.options.some(({ name }) => ANY_BODY.has(name) || name === 'F' || name === 'form');
  if (body && !hasOption(parsed, 'G', 'get')) return possible('upload', target, 'curl sends a request body');
  return undefined;
};

function sendsFileAsBody(name: string, value: string): boolean {
  if (FILE_BODY.has(name)) return value.startsWith('@');
  return name === 'data-urlencode' && /^[^=@]*@./.test(value);
}

/** nscurl is a diagnostics tool; its options for bodies are little documented, so none is more than possible. */
export const nscurl: IntentHandler = ({ args }) => {
  const body = args.some((arg) => /^--?(?:upload|ul$|body|post|multipart|data|put)/i.test(arg));
  const target = hostOf(args.find((arg) => arg.includes('://')) ?? '');
  return body ? possible('upload', target, 'nscurl sends a request body') : undefined;
};

const WGET = {
  short: 'aABDeGiIlOoPQRStTUwX',
  long: [
    ...[
      'post-file',
      'post-data',
      'body-file',
      'body-data',
      'method',
      'header',
      'user',
      'password',
      'output-document',
    ],
    ...['output-file', 'directory-prefix', 'user-agent', 'referer', 'timeout', 'tries', 'wait', 'limit-rate'],
    ...[
      'input-file',
      'load-cookies',
      'save-cookies',
      'certificate',
      'private-key',
      'ca-certificate',
      'execute',
    ],
  ],
  abbreviated: true,
} as const;

/** wget: --post-file and --body-file send files. */
export const wget: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, WGET);
  const target = hostOf(parsed.operands[0] ?? '');
  if (hasOption(parsed, 'post-file', 'body-file')) return explicit('upload', target, 'wget posts a file');
  const method = lastValue(parsed, 'method')?.toUpperCase();
  if (hasOption(parsed, 'post-data', 'body-data') || method === 'POST' || method === 'PUT') {
    return possible('upload', target, 'wget sends a request body');
  }
  return undefined;
};

/** HTTPie: `field@file` and `@file` send files, `<` redirections are not in the arguments. */
export const httpie: IntentHandler = ({ args, piped }) => {
  const parsed = parseArguments(args, {
    short: 'aAo',
    long: ['auth', 'output', 'session', 'verify', 'proxy'],
  });
  const verb = /^(?:POST|PUT|PATCH)$/i.test(parsed.operands[0] ?? '');
  const target = hostOf(parsed.operands[verb || /^[A-Z]+$/.test(parsed.operands[0] ?? '') ? 1 : 0] ?? '');
  const items = parsed.operands.slice(1);
  if (items.some((item) => /^[^=:@/]{0,64}@./.test(item)))
    return explicit('upload', target, 'HTTPie sends a file');
  if (piped) return explicit('pipe', target, 'HTTPie sends its input');
  return verb ? possible('upload', target, 'HTTPie sends a request body') : undefined;
};

const WEB_CODE =
  /\b(?:requests?\s*\.\s*(?:post|put|patch)|urlopen|urllib\.request|http\.client|httplib|httpx?\.(?:post|put)|ftplib|smtplib|Net::HTTP|Net::FTP|LWP::UserAgent|IO::Socket|TCPSocket|socket\.|boto3|paramiko|fetch\(|axios|NSURLSession|NSMutableURLRequest|XMLHttpRequest|fsockopen|curl_init|ztcp)/;
const FILE_CODE =
  /\b(?:storbinary|storlines|upload_file|upload_fileobj|put_object|putbinaryfile|puttextfile|uploadTaskWithRequest\w*|files\s*=\s*[{[(]|data\s*=\s*open\s*\(|CURLFile|sftp\.put)/;

/** Code given on the command line of a language that is no shell. */
export function codeIntent(code: string): UploadIntent | undefined {
  const url = /\b(?:https?|ftps?):\/\/[^\s'"`\\)]{1,256}/i.exec(code)?.[0];
  const target = url === undefined ? undefined : hostOf(url);
  if (FILE_CODE.test(code)) return explicit('upload', target, 'code on the command line uploads a file');
  if (WEB_CODE.test(code)) return possible('upload', target, 'code on the command line talks to the network');
  return undefined;
}

/** `-m` modules of Python and built-in servers of other interpreters. */
export function moduleIntent(module: string, args: Command['args']): UploadIntent | undefined {
  const port = args.find((arg) => /^\d{1,5}$/.test(arg));
  const where = port === undefined ? '' : ` on port ${port}`;
  if (/^(?:http\.server|SimpleHTTPServer|uploadserver|pyftpdlib|RangeHTTPServer)$/.test(module)) {
    return explicit('listen_tunnel', undefined, `${module} serves files of this Mac${where}`);
  }
  if (/^(?:ftplib|smtplib|telnetlib)$/.test(module)) {
    return possible('upload', hostOf(args[0] ?? ''), `${module} transfers files`);
  }
  return undefined;
}
