import type { SimSigning } from '../event.js';

interface KernelSigning {
  /** `codesigning_flags`; bits as in xnu `cs_blobs.h`. */
  readonly flags: number;
  /** `cs_validation_category` (Endpoint Security messages of version 10 and later). */
  readonly category: number;
}

/**
 * What the kernel reports for each signer. 0x20000000 is SIGNED, 0x4000000 PLATFORM_BINARY, 0x10000 RUNTIME, 0x1 VALID;
 * 0x2000000 is set for every main executable and says nothing about Apple.
 */
const KERNEL_SIGNING = {
  apple_platform: { flags: 0x26017b01, category: 1 },
  apple: { flags: 0x22012b01, category: 4 },
  app_store: { flags: 0x22012301, category: 4 },
  developer_id: { flags: 0x22010301, category: 6 },
  development: { flags: 0x22010305, category: 3 },
  // linker-signed, as every Homebrew, Go or Rust build for arm64
  ad_hoc: { flags: 0x22020203, category: 7 },
  unsigned: { flags: 0x02000000, category: 10 },
  // SIGNED without VALID
  invalid: { flags: 0x22010300, category: 0 },
} as const satisfies Record<Exclude<SimSigning['signer'], 'unknown'>, KernelSigning>;

/** undefined for the signer `unknown`: nothing was collected. */
export function kernelSigningOf({ signer }: SimSigning): KernelSigning | undefined {
  return signer === 'unknown' ? undefined : KERNEL_SIGNING[signer];
}
