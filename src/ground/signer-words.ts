/** The classes of signers for people: one table for each place in which they are read. */
import type { Signer } from './vocabulary.js';

/** In one or two words, where a cell of a table or a label has to do. */
export const SIGNER_WORDS: Readonly<Record<Signer, string>> = {
  apple_platform: 'Apple platform',
  apple: 'Apple',
  app_store: 'App Store',
  developer_id: 'Developer ID',
  development: 'development',
  ad_hoc: 'ad hoc',
  unsigned: 'unsigned',
  invalid: 'invalid signature',
  unknown: 'signer unknown',
};

/** In brackets after the name of a program, in the title and summary of a finding. */
export const SIGNER_IN_BRACKETS: Readonly<Record<Signer, string>> = {
  apple_platform: 'Apple',
  apple: 'Apple',
  app_store: 'App Store',
  developer_id: 'Developer ID',
  development: 'development certificate',
  ad_hoc: 'ad hoc',
  unsigned: 'unsigned',
  invalid: 'broken signature',
  unknown: 'signer unknown',
};

/** In a sentence after the path of a program. */
export const SIGNER_AFTER_PATH: Readonly<Record<Signer, string>> = {
  apple_platform: 'signed by Apple',
  apple: 'signed by Apple',
  app_store: 'from the App Store',
  developer_id: 'signed with a Developer ID',
  development: 'signed with a development certificate',
  ad_hoc: 'signed ad hoc',
  unsigned: 'not signed',
  invalid: 'with a broken signature',
  unknown: 'signer unknown',
};

/** After "The program is", with what follows from it. */
export const SIGNER_EXPLAINED: Readonly<Record<Signer, string>> = {
  apple_platform: 'Apple platform code',
  apple: 'signed by Apple',
  app_store: 'from the Mac App Store: signed by Apple for a third party',
  developer_id: 'signed with a third party Developer ID',
  development: 'signed with a development certificate: built here, not distributed',
  ad_hoc: 'signed ad hoc: no certificate says who made it',
  unsigned: 'not signed at all',
  invalid: 'signed, but the signature does not hold',
  unknown: 'of unknown signer: the telemetry does not say',
};
