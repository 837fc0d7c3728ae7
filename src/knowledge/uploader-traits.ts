import type { UploaderGroup } from './uploader-data.js';

/**
 * What matters about a group of known uploaders:
 *
 * - `sends_files`: exists to send large files (broadcasting, delivery of media): that it does is no news, only where to;
 * - `manages`: device management and endpoint security, which send logs with general tools to where their owner wants.
 */
export type UploaderTrait = 'sends_files' | 'manages';

/** Every group with its traits; a group that is missing here does not compile. The products: uploaders.json. */
const TRAITS: Readonly<Record<UploaderGroup, readonly UploaderTrait[]>> = {
  'apple-daemon': [],
  backup: [],
  browser: [],
  conferencing: [],
  creative: ['sends_files'],
  dev: [],
  edr: ['manages'],
  'file-sync': [],
  'file-transfer': ['sends_files'],
  mdm: ['manages'],
  media: ['sends_files'],
  productivity: [],
  'security-tool': [],
  'vpn-ztna': [],
};

/** Whether a group of uploaders has a trait; a program that is no known uploader has none. */
export function isUploader(group: UploaderGroup | undefined, trait: UploaderTrait): boolean {
  return group !== undefined && TRAITS[group].includes(trait);
}
