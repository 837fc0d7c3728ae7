/**
 * The one gate for untrusted text on its way to a person: process names, arguments, paths and domains are chosen by
 * whoever is being looked for. What could move a cursor, change colours, reorder or hide characters is written out
 * (`\x1b`, `\n`, `\u{202e}`); everything else stays as it is.
 */

// C0, DEL, C1, separators, lone surrogates, and all that is invisible: bidi controls, joiners, fillers, selectors.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
// A mark with no base would sit on our own text; more than four on one base leave the line.
const LOOSE_MARKS = /^\p{M}+|(?<=\p{M}{4})\p{M}+/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `text` with every unsafe character written out visibly. The result contains no control character at all. */
export function printable(text: string): string {
  return text
    .replace(UNSAFE, escapeCharacter)
    .replace(LOOSE_MARKS, (marks) => Array.from(marks, escapeCharacter).join(''));
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return (
    SHORT[character] ??
    (code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`)
  );
}
