/** Zeek's default `Site::local_nets`: RFC 1918, link-local, shared address space and unique local IPv6. */
export function isPrivateAddress(ip: string): boolean {
  if (ip.includes(':')) return /^f[cd]|^fe[89ab]|^::1$/i.test(ip);
  const [first = 0, second = 0] = ip.split('.', 2).map(Number);
  return (
    first === 10 ||
    first === 127 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128)
  );
}
