import type { SimFlow } from '../event.js';

/** Traffic that never leaves the host: sensors do not see it and the kernel does not log it. */
export function isLoopback({ interface: name, remoteIp }: SimFlow): boolean {
  return name === 'lo0' || remoteIp === '::1' || remoteIp.startsWith('127.');
}
