import type { SimHost, SimProcess } from '../event.js';
import { stableNumber } from './stable-digest.js';

/** More ancestors than this are never written, however deep the tree is. */
export const MAX_ANCESTORS = 20;

const LAUNCHD = new WeakMap<SimHost, SimProcess>();

/** When the host booted, epoch ms: in the two weeks before 2025, ahead of any simulated day. */
export function bootTimeOf(host: SimHost): number {
  return Date.UTC(2025, 0, 1) - (stableNumber(`boot ${host.id}`) % 1_209_600) * 1000;
}

/** pid 1, which the simulation leaves out of its process trees. */
export function launchdOf(host: SimHost): SimProcess {
  let launchd = LAUNCHD.get(host);
  if (launchd === undefined) {
    launchd = {
      host,
      pid: 1,
      pidversion: 700 + (stableNumber(`launchd ${host.id}`) % 100),
      executable: '/sbin/launchd',
      name: 'launchd',
      args: ['/sbin/launchd'],
      script: '',
      cwd: '/',
      user: 'root',
      uid: 0,
      signing: {
        signer: 'apple_platform',
        signingId: 'com.apple.xpc.launchd',
        teamId: '',
        cdhash: '7e9c1b2f04d85a6633f1c0de9b24ab5c7d80ef13',
        subject: 'Software Signing',
      },
      parent: undefined,
      responsible: undefined,
      tty: '',
      start: bootTimeOf(host),
      end: undefined,
    };
    LAUNCHD.set(host, launchd);
  }
  return launchd;
}

/** The process that started this one; launchd when the simulation names none. */
export function parentOf(process: SimProcess): SimProcess {
  return process.parent ?? launchdOf(process.host);
}

/** Parents from the direct one upwards, launchd last. */
export function ancestorsOf(process: SimProcess): SimProcess[] {
  const ancestors: SimProcess[] = [];
  for (let next = parentOf(process); ancestors.length < MAX_ANCESTORS; next = parentOf(next)) {
    ancestors.push(next);
    if (next.pid === 1) break;
  }
  return ancestors;
}
