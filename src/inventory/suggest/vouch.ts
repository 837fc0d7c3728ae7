import { INDICATORS } from '../../detect/analytics/AN0082/indicators.js';
import { dualUse } from '../../knowledge/dual-use.js';
import { matchTool } from '../../knowledge/match-tool.js';
import { pathClass, type PathClass } from '../../knowledge/path-class.js';
import type { ToolCategory } from '../../knowledge/tool-data.js';
import { isQualified, isVouched } from '../from-finding.js';
import type { Week } from '../load-weeks.js';

/** `vendor`: its signature says who it is. `local`: only its path and who starts it do. */
export type Vouch = 'vendor' | 'local';

/** Families that exist to hide or to sell traffic, whatever a deployer would do about the rest. */
const NEVER: ReadonlySet<ToolCategory> = new Set([
  'anonymity',
  'c2',
  'proxy_malware',
  'proxyware',
  'rat',
  'stealer',
  'tunnel',
]);

/** Places where somebody installed something on purpose. Where things only land, nothing is proposed. */
const INSTALLED: ReadonlySet<PathClass> = new Set([
  'system',
  'applications',
  'homebrew',
  'user_applications',
  'developer_build',
]);

/** Reasons of a finding that no habit excuses. */
const DAMNING: ReadonlySet<string> = new Set(
  INDICATORS.filter(({ countsAgainstApproval }) => countsAgainstApproval).map(({ id }) => id),
);

/** Who answers for the program of an evaluation; undefined where nobody does, and nothing is to be proposed. */
export function vouchFor(week: Week): Vouch | undefined {
  const { facts, process } = week;
  const { executable, signingId, teamId, actor } = facts;
  if (process.signer === 'invalid' || week.indicators.some((id) => DAMNING.has(id))) return undefined;
  const program = { executable, name: process.name, signingId };
  const tool = matchTool({ ...program, teamId, args: process.args });
  if (tool !== undefined && (tool.policy === 'deny' || NEVER.has(tool.category))) return undefined;
  const role = dualUse(program);
  if (role === undefined) {
    if (isVouched(process.signer)) return 'vendor';
    return isInstalled(executable) && hasParent(week) ? 'local' : undefined;
  }
  if (isQualified(actor)) return vouchForUser(actor, isVouched(process.signer) || isInstalled(executable));
  // Whatever a shell or an interpreter runs: nobody.
  if (role === 'shell' || role === 'interpreter') return undefined;
  return isInstalled(executable) && hasParent(week) ? 'local' : undefined;
}

/** A general tool is as good as the program that uses it, or the script it runs. */
function vouchForUser(actor: string, toolKnown: boolean): Vouch | undefined {
  if (!toolKnown) return undefined;
  const [, kind, user = ''] = /^.*? (by|running) (.*)$/s.exec(actor) ?? [];
  if (kind === 'by' && /^(?:team|apple):/.test(user)) return 'vendor';
  const path = user.replace(/^path:/, '');
  const place = pathClass(path);
  return INSTALLED.has(place) || (kind === 'running' && path.startsWith('/') && place === 'other')
    ? 'local'
    : undefined;
}

const isInstalled = (executable: string): boolean => INSTALLED.has(pathClass(executable));

const hasParent = ({ facts }: Week): boolean => (facts.parent ?? '') !== '';
