import { workdays } from '../fleet/behave.js';
import { apple, SH } from '../fleet/programs.js';
import { inventDomain, inventWord } from '../invent.js';
import { MINUTE, SECOND } from '../machine.js';
import type { Benign } from '../scenarios/scenario.js';

const SFTP = apple('/usr/bin/scp', 'com.apple.scp');

/** An export that a script copies to a customer every working day, with an approval that `id` tells apart. */
export function customerExport(id: 'X14' | 'X15'): Benign {
  return {
    kind: 'benign',
    id,
    title:
      id === 'X14'
        ? 'Approved daily export whose approval expires'
        : 'Approved daily export, approved throughout',
    expected: 'info',
    techniques: [],
    uses: ['scp'],
    presence: 'active',
    campaign: 0,
    fromTheStart: true,
    play: (stage) => {
      const { random } = stage;
      const script = `/Users/Shared/${inventWord(random)}/export.sh`;
      const customer = `sftp.${inventDomain(random)}`;
      // Partners agree on one address for such an exchange.
      const to = stage.named(customer, 22);
      const daily = random.logUniform(80e6, 500e6);
      for (const day of workdays(stage.fleetHost)) {
        const at = day.start + 30 * MINUTE + random.between(0, 20) * MINUTE;
        if (at < stage.start) continue;
        const sh = stage.exec(SH, { at, until: at + 10 * SECOND, args: ['/bin/sh', script], script });
        const scp = stage.exec(SFTP, {
          at: at + 500,
          until: at + 9 * SECOND,
          args: ['scp', '-q', '/Users/Shared/export.tar.gz', `export@${customer}:in/`],
          parent: sh,
          responsible: sh,
        });
        stage.connect(scp, {
          at: at + 900,
          seconds: random.logUniform(60, 400),
          out: daily * random.logNormal(1, 0.25),
          in: random.logNormal(90e3, 0.3),
          to,
        });
        if (stage.approvals.length === 0) stage.approve(scp, customer, 3e9, [to.ip]);
      }
    },
  };
}
