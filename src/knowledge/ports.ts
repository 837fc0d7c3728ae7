import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';

const ports = z.array(
  z.strictObject({
    port: z.number().int().min(1).max(65_535),
    service: z.string().min(1),
    sources: sourceKeys,
  }),
);

export const portFile = z.strictObject({
  ...reviewedFile,
  /** Web, mail, name and time service, SSH, calls and push: where everybody's programs connect all day. */
  everyday: ports,
  /** Services that move whole files in the clear, or remote screens: usual on a LAN, odd towards the internet. */
  telling: ports,
});

const portData = lazyData('./ports.json', portFile);

/** Whether a remote port is one of an everyday service, whatever the transport. */
export function isEverydayPort(port: number): boolean {
  return portData().everyday.some((one) => one.port === port);
}

/** The service of a port that tells: FTP, SMB, VNC, Tor and the like; undefined for any other. */
export function tellingService(port: number): string | undefined {
  return portData().telling.find((one) => one.port === port)?.service;
}
