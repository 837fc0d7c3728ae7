const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};
const SECOND_UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** `2GB`, `500 MB`, `1.5TiB` or plain bytes, as whole bytes; undefined for anything else. */
export const parseBytes = (text: string): number | undefined => parseAmount(text, BYTE_UNITS);

/** `12h`, `90min`, `3d` or plain seconds, as whole seconds; undefined for anything else. */
export const parseSeconds = (text: string): number | undefined => parseAmount(text, SECOND_UNITS);

function parseAmount(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([a-z]*)$/i.exec(text.trim());
  const unit = Object.entries(units).find(([name]) => name === match?.[2]?.toLowerCase())?.[1];
  if (match === null || unit === undefined) return undefined;
  const amount = Math.round(Number(match[1]) * unit);
  return amount > 0 && Number.isSafeInteger(amount) ? amount : undefined;
}
