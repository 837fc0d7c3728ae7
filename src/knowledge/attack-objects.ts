import { z } from 'zod';
import { lazyData, reviewedFile } from './load-data.js';

const technique = z.string().regex(/^T\d{4}(\.\d{3})?$/);

export const attackFile = z.strictObject({
  ...reviewedFile,
  release: z.string(),
  released: z.string(),
  domain: z.string(),
  analytic: z.strictObject({
    id: z.literal('AN0082'),
    name: z.string(),
    stix_id: z.string(),
    version: z.string(),
    modified: z.string(),
    platforms: z.array(z.string()),
    url: z.url(),
    mutable_elements: z.array(z.string()),
    log_sources: z.array(
      z.strictObject({
        data_component: z.string(),
        data_component_name: z.string(),
        name: z.string(),
        channel: z.string(),
      }),
    ),
  }),
  strategy: z.strictObject({ id: z.literal('DET0028'), name: z.string(), url: z.url() }),
  technique: z.strictObject({
    id: z.literal('T1496.002'),
    name: z.string(),
    tactics: z.array(z.string()),
    url: z.url(),
  }),
  /** Neighbours that findings may cite as related, never as what AN0082 detects. */
  related: z.array(
    z.strictObject({
      technique,
      name: z.string(),
      analytic: z.string(),
      strategy: z.string(),
      tactics: z.array(z.string()),
      url: z.url(),
    }),
  ),
});
export type AttackObjects = z.infer<typeof attackFile>;

/** The ATT&CK objects Outflow implements and relates to, with release, versions and citations (attack.json). */
export const attackObjects: () => AttackObjects = lazyData('./attack.json', attackFile);
