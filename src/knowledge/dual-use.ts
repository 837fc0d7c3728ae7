import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';
import { programName } from './program.js';

export const ROLES = ['archiver', 'cloud_cli', 'interpreter', 'remote_shell', 'shell', 'transfer'] as const;
export type DualUseRole = (typeof ROLES)[number];

const lower = z.string().regex(/^[^A-Z]+$/);

export const roleFile = z.strictObject({
  ...reviewedFile,
  roles: z.array(
    z.strictObject({
      role: z.enum(ROLES),
      names: z.array(lower),
      signing_ids: z.array(lower),
      sources: sourceKeys,
    }),
  ),
});

/** Dual-use tools by what they are for, from roles.json. */
export const roleData = lazyData('./roles.json', roleFile);

let byName: ReadonlyMap<string, DualUseRole> | undefined;
let bySigningId: ReadonlyMap<string, DualUseRole> | undefined;

export interface DualUseProgram {
  readonly executable: string;
  readonly name: string;
  readonly signingId: string;
}

/**
 * The role of a tool that says nothing about its user: python, curl, ssh. The signing id counts first, so a renamed
 * copy of Apple's curl is still `transfer`; names compare without case and without a version (`python3.12`).
 */
export function dualUse(program: DualUseProgram): DualUseRole | undefined {
  byName ??= new Map(
    roleData().roles.flatMap(({ role, names }) => names.map((name) => [name, role] as const)),
  );
  bySigningId ??= new Map(
    roleData().roles.flatMap(({ role, signing_ids }) => signing_ids.map((id) => [id, role] as const)),
  );
  const signed = bySigningId.get(program.signingId.toLowerCase());
  if (signed) return signed;
  const name = programName(program);
  return byName.get(name) ?? byName.get(withoutVersion(name));
}

/** True for command shells, login shells included. */
export function isShell(program: DualUseProgram): boolean {
  return dualUse(program) === 'shell';
}

/** `python3.12` → `python3`, `ruby-3.3` → `ruby`, `-zsh` → `zsh`. */
function withoutVersion(name: string): string {
  const plain = name.startsWith('-') ? name.slice(1) : name;
  const version = /^([a-z]+\d?)(?:[-.]?\d+(?:\.\d+)*)$/.exec(plain.slice(0, 64));
  return version?.[1] ?? plain;
}
