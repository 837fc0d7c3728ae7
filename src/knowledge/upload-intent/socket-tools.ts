import { explicit, hostOf, type IntentHandler, possible } from './intent.js';
import { hasOption, lastValue, parseArguments } from './options.js';

const NETCAT = {
  short: 'bcegGHIiJLmMoOpPqrsTVwWxXY',
  long: [
    ...[
      'exec',
      'sh-exec',
      'lua-exec',
      'source',
      'source-port',
      'wait',
      'idle-timeout',
      'proxy',
      'proxy-type',
      'delay',
    ],
    ...[
      'proxy-auth',
      'output',
      'hex-dump',
      'allow',
      'deny',
      'max-conns',
      'ssl-cert',
      'ssl-key',
      'apple-tcp-timeout',
    ],
  ],
} as const;

/** nc and ncat: what they send comes from input the arguments do not show, so a plain connection is only possible. */
export const netcat: IntentHandler = ({ name, args, piped }) => {
  const parsed = parseArguments(args, NETCAT);
  if (hasOption(parsed, 'U', 'unixsock', 'z')) return undefined;
  const program =
    lastValue(parsed, 'e', 'exec', 'sh-exec', 'lua-exec') ??
    (name === 'ncat' ? lastValue(parsed, 'c') : undefined);
  if (hasOption(parsed, 'l', 'listen')) {
    return explicit(
      'listen_tunnel',
      undefined,
      `${name} waits for connections${program === undefined ? '' : ' and runs a program for them'}`,
    );
  }
  const [host, port] = parsed.operands;
  if (host === undefined || port === undefined) return undefined;
  const target = hostOf(host);
  if (program !== undefined)
    return explicit('reverse_tunnel', target, `${name} hands a program of this Mac to the host`);
  if (piped || hasOption(parsed, 'N', 'send-only'))
    return explicit('pipe', target, `${name} sends its input to the host`);
  return possible('pipe', target, `${name} connects its input to the host`);
};

const CONNECT =
  /^(?:tcp[46]?|tcp[46]?-connect|udp[46]?|udp[46]?-(?:connect|sendto)|openssl|ssl|openssl-connect|socks4a?|socks5|proxy|sctp):(.*)$/i;
const LISTEN =
  /^(?:(?:tcp|udp|sctp)[46]?-(?:listen|recv|recvfrom)|(?:tcp|udp)[46]?-l|openssl-listen|ssl-l):/i;

/** socat joins two addresses; the pair decides. */
export const socat: IntentHandler = ({ args, piped }) => {
  const { operands } = parseArguments(args, { short: 'btTlLW', long: [] });
  const connect = operands.map((operand) => CONNECT.exec(operand)?.[1]).find((rest) => rest !== undefined);
  const target = connect === undefined ? undefined : hostOf(connect.split(',', 1)[0] ?? '');
  const listens = operands.some((operand) => LISTEN.test(operand));
  if (target === undefined)
    return listens ? explicit('listen_tunnel', undefined, 'socat waits for connections') : undefined;
  if (listens) return explicit('forward', target, 'socat forwards connections to the host');
  if (operands.some((operand) => /^(?:exec|system|shell|pty):?/i.test(operand))) {
    return explicit('reverse_tunnel', target, 'socat hands a program of this Mac to the host');
  }
  if (operands.some((operand) => /^(?:file|open|gopen):|^\.{0,2}\//i.test(operand))) {
    return explicit('upload', target, 'socat sends a file to the host');
  }
  return piped
    ? explicit('pipe', target, 'socat sends its input to the host')
    : possible('pipe', target, 'socat connects its input to the host');
};

/** openssl s_client: netcat with TLS. */
export const openssl: IntentHandler = ({ args, piped }) => {
  if (args[0] !== 's_client') return undefined;
  const parsed = parseArguments(args.slice(1), {
    short: '',
    long: ['connect', 'host', 'port', 'servername'],
    singleDash: true,
  });
  const target = hostOf(lastValue(parsed, 'connect', 'host') ?? parsed.operands[0] ?? '');
  if (target === undefined) return undefined;
  return piped
    ? explicit('pipe', target, 'openssl sends its input to the host')
    : possible('pipe', target, 'openssl connects its input to the host');
};
