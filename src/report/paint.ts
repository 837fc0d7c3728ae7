/** Colour for terminals: a handful of SGR styles by meaning, and a painter that leaves text alone when asked to. */
import type { Severity } from '../ground/vocabulary.js';

const STYLES = {
  plain: '',
  strong: '1',
  quiet: '2',
  alarm: '1;97;41',
  critical: '1;97;41',
  high: '1;31',
  medium: '1;33',
  low: '36',
  informational: '2',
} as const satisfies Record<Severity | 'plain' | 'strong' | 'quiet' | 'alarm', string>;

export type Style = keyof typeof STYLES;

/** Wraps already printable text in a style. */
export type Paint = (style: Style, text: string) => string;

/** A painter; without `color` it returns every text as it came. */
export function painter(color: boolean): Paint {
  return (style, text) =>
    color && STYLES[style] !== '' && text !== '' ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
}
