import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';
import { baseName } from './program.js';

const programs = z.array(z.strictObject({ name: z.string().min(1), sources: sourceKeys })).min(1);

export const starterFile = z.strictObject({
  ...reviewedFile,
  /** Programs that only pass a session on: like a shell, they are not who wanted something done. */
  plumbing: programs,
  /** Programs that have no business starting transfer tools or interpreters which then send data out. */
  script_hosts: programs,
});

const starterData = lazyData('./starters.json', starterFile);

/** Whether a program only passes a session on. Base names compare exactly, as the file system keeps them. */
export function isPlumbing(executable: string): boolean {
  const name = baseName(executable);
  return starterData().plumbing.some((one) => one.name === name);
}

/** Whether a program runs scripts for others and seldom sends files itself. Base names compare exactly. */
export function isScriptHost(executable: string): boolean {
  const name = baseName(executable);
  return starterData().script_hosts.some((one) => one.name === name);
}
