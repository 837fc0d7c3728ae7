import type { Signer } from '../ground/vocabulary.js';
import { isAppleTeam } from '../knowledge/apple.js';

/** Raw signing facts as sources report them; -1, 0 and '' mean not reported. */
export interface SigningFacts {
  readonly signingId: string;
  readonly teamId: string;
  /** `is_platform_binary`: the only flag that tells Apple's own code reliably. */
  readonly platformBinary: number;
  /** `codesigning_flags`. */
  readonly flags: number;
  /** Endpoint Security `cs_validation_category`. */
  readonly category: number;
  readonly signed: number;
  readonly trusted: number;
  /** Subject of the leaf certificate. */
  readonly subject: string;
}

/** Bits of xnu osfmk/kern/cs_blobs.h. PLATFORM_BINARY (0x4000000) is missing from real records of Apple code. */
const CS_VALID = 0x1;
const CS_ADHOC = 0x2;
const CS_SIGNED = 0x20000000;

/** Endpoint Security validation categories (Security framework): 0 invalid, 10 none; 8 and 9 are translated code. */
const CATEGORIES: Readonly<Record<number, Signer>> = {
  0: 'invalid',
  1: 'apple_platform',
  2: 'app_store',
  3: 'development',
  4: 'app_store',
  5: 'development',
  6: 'developer_id',
  7: 'ad_hoc',
  10: 'unsigned',
};

/**
 * The signer class. Order matters: what the kernel says of platform code first, then the certificate, then flags; an
 * ad hoc signature before a broken one, because the linker's ad hoc signatures arrive without the VALID bit.
 * Nothing reported is `unknown`, never `unsigned`.
 */
export function classifySigner(facts: SigningFacts): Signer {
  if (facts.platformBinary === 1 || facts.category === 1) return 'apple_platform';
  const byCertificate = certificateClass(facts);
  if (byCertificate !== undefined) {
    if (facts.trusted === 0) return 'invalid';
    return byCertificate === 'app_store' && isApples(facts) ? 'apple' : byCertificate;
  }
  if ((facts.flags & CS_ADHOC) !== 0) return 'ad_hoc';
  if ((facts.flags & CS_SIGNED) !== 0 && (facts.flags & CS_VALID) === 0) return 'invalid';
  const byCategory = CATEGORIES[facts.category];
  if (byCategory !== undefined) {
    return byCategory === 'app_store' && isApples(facts) ? 'apple' : byCategory;
  }
  if (facts.signed === 0) return 'unsigned';
  if (facts.teamId !== '') {
    if (facts.trusted === 0) return 'invalid';
    // Signed by a team, class not reported. Developer ID is the widest third-party class, and no weaker claim is true.
    return isAppleTeam(facts.teamId) ? 'apple' : 'developer_id';
  }
  if (facts.signed === 1) return facts.trusted === 0 ? 'ad_hoc' : 'unknown';
  if (facts.flags !== 0 && (facts.flags & CS_SIGNED) === 0) return 'unsigned';
  if (facts.flags !== 0 && facts.signingId === '') return 'unsigned';
  return 'unknown';
}

/** Apple's own software in its own store, which lets nobody else use its identifiers. */
function isApples({ teamId, signingId }: SigningFacts): boolean {
  return isAppleTeam(teamId) || signingId.startsWith('com.apple.');
}

function certificateClass({ subject }: SigningFacts): Signer | undefined {
  if (/^(?:macOS )?Software Signing$/.test(subject)) return 'apple_platform';
  if (
    /^(?:Apple Mac OS Application Signing|TestFlight Beta Distribution|Apple iPhone OS Application Signing)/.test(
      subject,
    )
  ) {
    return 'app_store';
  }
  if (subject.startsWith('Developer ID Application')) return 'developer_id';
  if (/^(?:Apple Development|Mac Developer|Apple Distribution|iPhone Developer)/.test(subject))
    return 'development';
  return undefined;
}
