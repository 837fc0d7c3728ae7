import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a page tells its reader to do, in order. */
export type Step =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'change'; readonly path: string; readonly lines: readonly string[] }
  | { readonly kind: 'run'; readonly command: string };

/**
 * Reads the steps off a page. A block under a line that is a path and a colon (`` `src/a.ts`: ``) is that file, or, as
 * `diff`, a change of it; each line of an `sh` block is a command.
 */
export function stepsOf(markdown: string): Step[] {
  const blocks = markdown.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, path, language, text = '']): Step[] => {
    const lines = text.split('\n').slice(0, -1);
    if (language === 'sh') return lines.map((command) => ({ kind: 'run', command }));
    if (path === undefined) throw new Error(`a block of ${language ?? ''} names no file:\n${text}`);
    return [language === 'diff' ? { kind: 'change', path, lines } : { kind: 'write', path, text }];
  });
}

/** Does what a step says of a file below `root`. */
export function follow(root: string, step: Exclude<Step, { kind: 'run' }>): void {
  const path = join(root, step.path);
  if (step.kind === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, step.text, { flag: 'wx' });
  } else writeFileSync(path, changed(readFileSync(path, 'utf8'), step.lines));
}

/**
 * Applies a change as a reader would: each line that begins with a space or a minus is looked for below the one before (of a
 * line to keep, its beginning is enough), and what begins with a plus goes where that leaves off.
 */
export function changed(text: string, change: readonly string[]): string {
  const lines = text.split('\n');
  let at = 0;
  for (const line of change) {
    const [sign, said] = [line[0], line.slice(1)];
    if (sign === '+') {
      lines.splice(at++, 0, said);
      continue;
    }
    const found = lines.findIndex(
      (one, index) => index >= at && (sign === '-' ? one === said : one.startsWith(said)),
    );
    if (found < 0) throw new Error(`there is no line to ${sign === '-' ? 'take out' : 'go by'}: ${said}`);
    if (sign === '-') lines.splice(found, 1);
    at = sign === '-' ? found : found + 1;
  }
  return lines.join('\n');
}
