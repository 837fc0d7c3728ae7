import { explicit, hostOf, type IntentHandler, isRemote, possible } from './intent.js';
import { hasOption, lastValue, parseArguments } from './options.js';

/** cloudflared: tunnel run and tunnel --url expose this Mac; access forwards to elsewhere. */
export const cloudflared: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, {
    short: '',
    long: [
      'url',
      'token',
      'config',
      'hostname',
      'name',
      'loglevel',
      'logfile',
      'metrics',
      'protocol',
      'edge-ip-version',
      'token-file',
      'credentials-file',
      'region',
      'listener',
    ],
  });
  const [verb, action] = parsed.operands;
  if (verb === 'access' && /^(?:tcp|ssh|rdp|smb)$/.test(action ?? '')) {
    return explicit(
      'forward',
      hostOf(lastValue(parsed, 'hostname') ?? ''),
      'cloudflared forwards to a protected service',
    );
  }
  if (verb !== 'tunnel') {
    return hasOption(parsed, 'url')
      ? explicit('listen_tunnel', undefined, 'cloudflared exposes a service of this Mac')
      : undefined;
  }
  const manages = /^(?:login|create|list|delete|info|route|cleanup|token|ingress|diag|help)$/.test(
    action ?? '',
  );
  return manages
    ? undefined
    : explicit(
        'listen_tunnel',
        hostOf(lastValue(parsed, 'hostname') ?? ''),
        'cloudflared exposes a service of this Mac',
      );
};

/** ngrok http, tcp, tls and start. */
export const ngrok: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, {
    short: '',
    long: ['authtoken', 'config', 'domain', 'url', 'region', 'log', 'hostname', 'subdomain'],
    singleDash: true,
  });
  if (!/^(?:http|tcp|tls|start|service|tunnel)$/.test(parsed.operands[0] ?? '')) return undefined;
  return explicit(
    'listen_tunnel',
    hostOf(lastValue(parsed, 'domain', 'url', 'hostname') ?? ''),
    'ngrok exposes a service of this Mac',
  );
};

/** frpc runs whatever its file says; frps is the other end. */
export const frp: IntentHandler = ({ name, args }) => {
  if (args.some((arg) => /^(?:-v|--version|-h|--help|verify|status)$/.test(arg))) return undefined;
  if (name === 'frps') return explicit('listen_tunnel', undefined, 'frps waits for reverse tunnels');
  const parsed = parseArguments(args, {
    short: 'cslrnu',
    long: [
      'config',
      'server-addr',
      'server_addr',
      'server-port',
      'token',
      'local-port',
      'remote-port',
      'proxy-name',
    ],
  });
  return explicit(
    'reverse_tunnel',
    hostOf(lastValue(parsed, 'server-addr', 'server_addr', 's') ?? ''),
    'frpc lets a server reach into this Mac',
  );
};

/** chisel client and server; `R:` makes the tunnel a reverse one. */
export const chisel: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, {
    short: '',
    long: [
      'auth',
      'fingerprint',
      'keepalive',
      'max-retry-count',
      'proxy',
      'header',
      'hostname',
      'sni',
      'host',
      'port',
      'p',
      'key',
      'keyfile',
      'authfile',
      'backend',
      'tls-key',
      'tls-cert',
    ],
    singleDash: true,
  });
  const [verb, server, ...remotes] = parsed.operands;
  if (verb === 'server') return explicit('listen_tunnel', undefined, 'chisel waits for tunnels');
  if (verb !== 'client' || server === undefined) return undefined;
  return remotes.some((remote) => remote.startsWith('R:'))
    ? explicit('reverse_tunnel', hostOf(server), 'chisel lets the server reach into this Mac')
    : explicit('forward', hostOf(server), 'chisel forwards traffic through the server');
};

/** bore, localtunnel, pagekite, LocalXpose and the like: a local port becomes public. */
export const portExposer: IntentHandler = ({ name, args }) => {
  const parsed = parseArguments(args, {
    short: 'phslt',
    long: ['port', 'host', 'subdomain', 'local-host', 'to', 'secret', 'region', 'token'],
  });
  const target = hostOf(lastValue(parsed, 'to', 'host', 'h') ?? '');
  const exposes =
    name === 'bore'
      ? parsed.operands[0] === 'local'
      : name === 'lt' || name === 'localtunnel'
        ? hasOption(parsed, 'p', 'port')
        : parsed.operands.length > 0;
  return exposes ? explicit('listen_tunnel', target, `${name} exposes a port of this Mac`) : undefined;
};

/** VS Code's tunnel and Microsoft's devtunnel host. */
export const devTunnel: IntentHandler = ({ name, args }) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const hosts = name.startsWith('devtunnel')
    ? words[0] === 'host'
    : words[0] === 'tunnel' || name.startsWith('code-tunnel');
  const manages = /^(?:user|login|logout|show|list|status|prune|kill|unregister|rename|help)$/.test(
    words[1] ?? '',
  );
  return hosts && !manages
    ? explicit('listen_tunnel', undefined, `${name} opens this Mac to a tunnel service`)
    : undefined;
};

/** tailscale funnel and serve expose ports, file cp sends files. */
export const tailscale: IntentHandler = ({ name, args }) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  if (name === 'tailscaled') {
    const proxy = args.some((arg) => /^--(?:socks5-server|outbound-http-proxy-listen)(?:=|$)/.test(arg));
    return proxy ? explicit('forward', undefined, 'tailscaled offers a proxy into the tailnet') : undefined;
  }
  if ((words[0] === 'funnel' || words[0] === 'serve') && words[1] !== 'status' && words[1] !== 'reset') {
    return words.length > 1
      ? explicit('listen_tunnel', undefined, `tailscale ${words[0]} exposes a service of this Mac`)
      : undefined;
  }
  const last = words.at(-1);
  if (words[0] === 'file' && words[1] === 'cp' && last !== undefined && isRemote(last)) {
    return explicit('upload', hostOf(last), 'tailscale sends files to another device');
  }
  return args.some((arg) => arg.startsWith('--advertise-exit-node') && !arg.endsWith('=false'))
    ? explicit('forward', undefined, 'tailscale offers this Mac as an exit for other devices')
    : undefined;
};

/** gost, wstunnel: listeners and forwarders in one binary. */
export const multiTunnel: IntentHandler = ({ name, args }) => {
  if (name === 'wstunnel') {
    const server = args.find((arg) => /^wss?:\/\//i.test(arg));
    if (args[0] === 'server') return explicit('listen_tunnel', undefined, 'wstunnel waits for tunnels');
    const reverse = args.some((arg) => /^(?:-R|--remote-to-local)/.test(arg));
    return server === undefined
      ? undefined
      : explicit(reverse ? 'reverse_tunnel' : 'forward', hostOf(server), 'wstunnel carries other traffic');
  }
  const parsed = parseArguments(args, { short: 'LFCD', long: [] });
  const next = lastValue(parsed, 'F');
  const listens = lastValue(parsed, 'L');
  if (next !== undefined) {
    const reverse = /^r(?:tcp|udp):/i.test(listens ?? '');
    return explicit(
      reverse ? 'reverse_tunnel' : 'forward',
      hostOf(next),
      'gost carries other traffic through the host',
    );
  }
  if (listens !== undefined) return explicit('listen_tunnel', undefined, 'gost waits for connections');
  return hasOption(parsed, 'C')
    ? possible('forward', undefined, 'gost takes its tunnels from a file')
    : undefined;
};
