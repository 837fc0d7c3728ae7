import { explicit, hostOf, type IntentHandler, possible, type UploadIntent } from './intent.js';
import { hasOption, type ParsedArguments, parseArguments } from './options.js';

const SSH_SHORT = 'BbcDEeFIiJLlmOopPQRSWw';

/**
 * ssh: -R lets the other side in, -D, -L, -W and -w carry traffic out. A remote command that stores its input uploads,
 * which also settles the direction of scp, rsync and git, whose traffic belongs to the ssh they start.
 */
export const ssh: IntentHandler = ({ name, args, piped }) => {
  const syntax = { short: name === 'autossh' ? `${SSH_SHORT}M` : SSH_SHORT, long: [] };
  const { options, host, command } = splitCommand(args, syntax);
  const target = host === undefined ? undefined : hostOf(host);
  const keywords = options.options
    .filter(({ name: option }) => option === 'o')
    .map(({ value }) => value ?? '');
  const keyword = (pattern: RegExp) => keywords.some((value) => pattern.test(value));
  if (hasOption(options, 'R') || keyword(/^\s*remoteforward[\s=]/i)) {
    return explicit('reverse_tunnel', target, `${name} lets the host reach into this Mac (-R)`);
  }
  if (
    hasOption(options, 'D', 'L', 'w') ||
    keyword(/^\s*(?:local|dynamic)forward[\s=]|^\s*tunnel[\s=]+(?!no)/i)
  ) {
    return explicit('forward', target, `${name} forwards traffic through the host`);
  }
  if (hasOption(options, 'W'))
    return explicit('forward', target, `${name} forwards its input through the host (-W)`);
  return target === undefined ? undefined : commandIntent(name, target, command, options, piped);
};

/** Everything behind the host is the remote command, options included. */
function splitCommand(
  args: readonly string[],
  syntax: { readonly short: string; readonly long: readonly string[] },
) {
  for (let at = 0; at < args.length; at++) {
    const before = parseArguments(args.slice(0, at + 1), syntax);
    if (before.operands.length > 0) {
      const rest = args.slice(at + 1);
      const after = optionsAfterHost(rest, syntax);
      return {
        options: { options: [...before.options, ...after.options], operands: before.operands },
        host: before.operands[0],
        command: rest.slice(after.length).join(' ').slice(0, 4096),
      };
    }
    // a command line of thousands of options is no ssh session anybody wrote
    if (at > 256) break;
  }
  return { options: parseArguments(args.slice(0, 256), syntax), host: undefined, command: '' };
}

/** ssh takes options on both sides of the host, until the first word of the command. */
function optionsAfterHost(
  rest: readonly string[],
  syntax: { readonly short: string; readonly long: readonly string[] },
): ParsedArguments & { readonly length: number } {
  const valued = new RegExp(`(?!^)[${syntax.short}]`);
  let length = 0;
  while (length < rest.length && /^-[^-]/.test(rest[length]!)) {
    const option = rest[length]!;
    const letter = option.search(valued);
    length += letter > 0 && letter === option.length - 1 ? 2 : 1;
  }
  const parsed = parseArguments(rest.slice(0, length), syntax);
  return { ...parsed, length: Math.min(length, rest.length) };
}

function commandIntent(
  name: string,
  target: string,
  command: string,
  options: ParsedArguments,
  piped: boolean,
): UploadIntent | undefined {
  if (/^\s*['"]?git[- ]receive-pack\b/.test(command))
    return explicit('upload', target, 'git pushes over ssh');
  if (/\brsync\s+--server\b/.test(command)) {
    return /\s--sender\b/.test(command)
      ? undefined
      : explicit('upload', target, 'rsync sends files over ssh');
  }
  if (/\bscp\s(?:-[a-z]+\s)*-[a-z]*t\b/.test(command))
    return explicit('upload', target, 'scp sends files over ssh');
  if (hasOption(options, 's') && /\bsftp\b/.test(command))
    return possible('upload', target, 'sftp session over ssh');
  if (
    /(?:^|[\s;&|])(?:cat|tee|dd|tar|cpio|base64|gunzip|zstd)\b[^>]{0,512}(?:>|\bof=|\btee\s|\s-?x)/.test(
      command,
    )
  ) {
    return explicit('pipe', target, `${name} stores its input on the host`);
  }
  return piped ? explicit('pipe', target, `${name} sends another command's output to the host`) : undefined;
}

/** sshuttle: a VPN over ssh. */
export const sshuttle: IntentHandler = ({ args }) => {
  const parsed = parseArguments(args, { short: 'rexlX', long: ['remote', 'ssh-cmd', 'exclude', 'listen'] });
  const remote = parsed.options.find(({ name }) => name === 'r' || name === 'remote')?.value;
  return remote === undefined
    ? undefined
    : explicit('forward', hostOf(remote), 'sshuttle routes traffic through the host');
};
