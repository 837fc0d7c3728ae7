import { qualificationOf, type Qualification } from '../../approvals/qualification.js';
import { INDICATORS } from '../../detect/analytics/registry.js';
import { dualUse } from '../../knowledge/dual-use.js';
import { matchTool } from '../../knowledge/match-tool.js';
import { pathClass } from '../../knowledge/path-class.js';
import { liesIn } from '../../knowledge/path-traits.js';
import { isTool } from '../../knowledge/tool-traits.js';
import { isVouched } from '../from-finding.js';
import type { WeekOfUse } from '../load-weeks.js';

/** `vendor`: its signature says who it is. `local`: only its path and who starts it do. */
export type Vouch = 'vendor' | 'local';

/** Reasons of a finding that no habit excuses. */
const DAMNING: ReadonlySet<string> = new Set(
  INDICATORS.filter(({ countsAgainstApproval }) => countsAgainstApproval).map(({ id }) => id),
);

/** Who answers for the program of an evaluation; undefined where nobody does, and nothing is to be proposed. */
export function vouchFor(week: WeekOfUse): Vouch | undefined {
  const { facts, process } = week;
  const { executable, signingId, teamId } = facts;
  if (process.signer === 'invalid' || week.indicators.some((id) => DAMNING.has(id))) return undefined;
  const program = { executable, name: process.name, signingId };
  const tool = matchTool({ ...program, teamId, args: process.args });
  if (tool?.policy === 'deny' || isTool(tool?.category, 'hides_traffic')) return undefined;
  const role = dualUse(program);
  if (role === undefined) {
    if (isVouched(process.signer)) return 'vendor';
    return isInstalled(executable) && hasParent(week) ? 'local' : undefined;
  }
  const qualification = qualificationOf(facts);
  if (qualification.by !== '') {
    return vouchForUser(qualification, isVouched(process.signer) || isInstalled(executable));
  }
  // Whatever a shell or an interpreter runs: nobody.
  if (role === 'shell' || role === 'interpreter') return undefined;
  return isInstalled(executable) && hasParent(week) ? 'local' : undefined;
}

/** A general tool is as good as the program that uses it, or the script it runs. */
function vouchForUser({ by, of }: Qualification, toolKnown: boolean): Vouch | undefined {
  if (!toolKnown) return undefined;
  if (by === 'parent' && /^(?:team|apple):/.test(of)) return 'vendor';
  const path = of.replace(/^path:/, '');
  const place = pathClass(path);
  return liesIn(place, 'installed') || (by === 'script' && path.startsWith('/') && place === 'other')
    ? 'local'
    : undefined;
}

/** Where things only land, nothing is proposed. */
const isInstalled = (executable: string): boolean => liesIn(pathClass(executable), 'installed');

const hasParent = ({ facts }: WeekOfUse): boolean => (facts.parent ?? '') !== '';
