/** An ISO 8601 time in UTC as the engine reads one: `2026-03-02 09:00:00.000`. */
export function engineTime(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}
