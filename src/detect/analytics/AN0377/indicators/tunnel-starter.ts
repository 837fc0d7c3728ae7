import { isUnvouched } from '../../../../ground/vocabulary.js';
import { pathClass } from '../../../../knowledge/path-class.js';
import { liesIn } from '../../../../knowledge/path-traits.js';
import { isScriptHost } from '../../../../knowledge/starters.js';
import type { Indicator } from '../../../indicator.js';
import { settingsOf } from '../configuration.js';
import { isByHand, launchdSays, starterOf } from '../starter.js';
import { asTunnel } from '../who.js';

/** Code nobody vouches for or in an odd place, and what runs scripts for others; then whatever else is no terminal. */
const POINTS = { odd: 16, other: 12 } as const;

/** ParentProcessName: something other than a terminal or an editor started it. */
export const indicator: Indicator = {
  id: 'tunnel_starter',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1059'],
  evaluate(subject, _destination, context) {
    const tunnel = asTunnel(subject, context);
    if (tunnel === undefined) return undefined;
    const settings = settingsOf(context.config);
    const starter = starterOf(tunnel.process);
    if (starter === '' || starter === '/sbin/launchd') return undefined;
    if (isByHand(tunnel.process, settings) || launchdSays(tunnel, settings) !== undefined) return undefined;
    const signer =
      tunnel.process.ancestors.find(({ executable }) => executable === starter)?.signer ?? 'unknown';
    const odd =
      isScriptHost(starter) ||
      liesIn(pathClass(starter), 'odd') ||
      (isUnvouched(signer) && !liesIn(pathClass(starter), 'builds'));
    return {
      points: odd ? POINTS.odd : POINTS.other,
      observed: starter,
      expected: null,
      threshold: null,
      text: `Started by ${starter}, which is no terminal and no editor: nobody at a screen asked for it.`,
    };
  },
};
