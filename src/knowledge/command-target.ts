import { BUCKET_HOST } from './bucket-host.js';
import { argumentsOf, programName } from './program.js';
import { hostOf } from './upload-intent/intent.js';
import { type IntentProgram, uploadIntent } from './upload-intent.js';

/** Options of ssh that take a value in the next argument (ssh(1)). */
const SSH_VALUE_OPTIONS = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;

/**
 * The host a command line names as its other end, lower case: for telemetry that hides where a connection went. Only
 * what the arguments say outright, `undefined` otherwise; a name here is what was asked for, not what answered.
 */
export function commandTarget(program: IntentProgram): string | undefined {
  const target = uploadIntent(program)?.target;
  return (target === undefined ? undefined : storageHost(target)) ?? sshHost(program) ?? urlHost(program);
}

function storageHost(target: string): string | undefined {
  const bucket = /^s3:\/\/([a-z0-9.-]{3,63})/.exec(target)?.[1];
  return bucket === undefined ? named(hostOf(target)) : `${bucket}${BUCKET_HOST}`;
}

function sshHost(program: IntentProgram): string | undefined {
  if (programName(program) !== 'ssh') return undefined;
  const args = argumentsOf(program.args);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (SSH_VALUE_OPTIONS.test(arg)) at++;
    else if (!arg.startsWith('-')) return named(hostOf(arg));
  }
  return undefined;
}

function urlHost(program: IntentProgram): string | undefined {
  const url = argumentsOf(program.args).find((arg) => /^(?:https?|ftps?|sftp|wss?):\/\//i.test(arg));
  return url === undefined ? undefined : named(hostOf(url));
}

/** A host name with a dot, nothing else. */
function named(host: string | undefined): string | undefined {
  return host !== undefined && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(host) && !/^[\d.]+$/.test(host)
    ? host
    : undefined;
}
