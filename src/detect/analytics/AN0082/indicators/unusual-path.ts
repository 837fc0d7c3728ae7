import type { PathClass } from '../../../../knowledge/path-class.js';
import type { Indicator } from '../../../indicator.js';

const POINTS: Readonly<Partial<Record<PathClass, readonly [number, string]>>> = {
  temporary: [10, 'a temporary folder'],
  volume: [8, 'a mounted volume'],
  hidden: [10, 'a hidden folder'],
  downloads: [7, 'the Downloads folder'],
  other: [7, 'a place where programs are not installed'],
  library_support: [4, 'a Library folder'],
};

/** Where the program lies: places from which software is not normally run. */
export const indicator: Indicator = {
  id: 'unusual_path',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  evaluate(subject, _destination, context) {
    const found = POINTS[subject.pathClass];
    const path = subject.process?.executable ?? '';
    if (found === undefined || path === '' || subject.signer === 'apple_platform') return undefined;
    if (subject.actorHosts - 1 >= Math.max(3, context.fleetHosts * 0.1)) return undefined;
    // Vendors with a certificate keep helpers in Library; nobody has to run from a temporary folder.
    const signed =
      subject.signer === 'developer_id' || subject.signer === 'app_store' || subject.signer === 'apple';
    if (signed && subject.pathClass === 'library_support') return undefined;
    return {
      points: found[0] * (signed ? 0.5 : 1),
      observed: path,
      expected: null,
      threshold: null,
      text: `It runs from ${found[1]}.`,
    };
  },
};
