import { z } from 'zod';
import { isUnder } from '../ground/domain.js';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';

export const appleFile = z.strictObject({
  ...reviewedFile,
  /** Registrable domains that are Apple's alone; delivery networks it rents from others are not among them. */
  domains: z.array(z.strictObject({ domain: z.string().regex(/^[a-z0-9.-]+$/), sources: sourceKeys })).min(1),
  /** Teams under which Apple publishes in its own store. */
  teams: z
    .array(
      z.strictObject({
        team_id: z.string().regex(/^[A-Z0-9]{10}$/),
        software: z.string().min(1),
        sources: sourceKeys,
      }),
    )
    .min(1),
});

const appleData = lazyData('./apple.json', appleFile);

/** Whether a lower-case host name is Apple's own: one of its domains, or below one. */
export function isAppleDomain(name: string): boolean {
  return appleData().domains.some(({ domain }) => isUnder(name, domain));
}

/** Whether a Team ID is one under which Apple publishes in its own store (Keynote, Xcode). */
export function isAppleTeam(teamId: string): boolean {
  return appleData().teams.some((team) => team.team_id === teamId);
}
