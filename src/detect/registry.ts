import { readdirSync } from 'node:fs';
import type { Indicator } from './indicator.js';

const HERE = new URL('./indicators/', import.meta.url);

/** Every indicator under `detect/indicators/`, by id. A module there exports `indicator: Indicator`. */
export const INDICATORS: readonly Indicator[] = (
  await Promise.all(
    readdirSync(HERE)
      .filter((name) => /(?<!\.d)\.(?:js|ts)$/.test(name))
      .sort()
      .map(async (name) => ((await import(new URL(name, HERE).href)) as { indicator: Indicator }).indicator),
  )
).sort((a, b) => (a.id < b.id ? -1 : 1));
