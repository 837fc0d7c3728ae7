/** HTML as a type: only text that went through the escape, or markup built here, can reach a page. */
import { printable } from '../../ground/printable.js';

/** A finished piece of markup. Made by {@link html}; {@link trusted} is for our own constants alone. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = string | number | Markup | readonly Markup[] | null;

/** Markup with every embedded value made printable and escaped, for element content and quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = withoutIndent(strings);
  return new Markup(
    parts.reduce((text, part, index) => text + contentText(values[index - 1] ?? null) + part),
  );
}

/** Text of the program itself (style sheet, script) put in as it is. Never for data. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function contentText(value: Content): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((markup) => markup.text).join('');
  return printable(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const unindented = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The literal parts with the indentation of our source taken out; on a page it is nothing but weight. */
function withoutIndent(strings: TemplateStringsArray): readonly string[] {
  const known = unindented.get(strings);
  if (known !== undefined) return known;
  const parts = strings.map((part) => part.replace(/\n\s*/g, '\n'));
  unindented.set(strings, parts);
  return parts;
}
