import { userInfo } from 'node:os';

/** Who acts, unless told otherwise: the account that runs this. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as in some containers.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
