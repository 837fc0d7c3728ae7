import { fileURLToPath } from 'node:url';

/** The command as it is shipped: `test/support/build-setup.ts` builds it before the tests that reach this module. */
export const COMMAND = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
