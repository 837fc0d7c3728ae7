import { Random } from './random.js';

/** First octets of ordinary public space (data centres, then access networks); nothing reserved among them. */
const DATA_CENTRES = [
  3, 13, 18, 20, 23, 34, 35, 44, 45, 52, 54, 64, 65, 66, 74, 91, 94, 95, 99, 104, 108, 116, 128, 130, 134,
  138, 139, 142, 143, 144, 146, 149, 151, 152, 157, 159, 161, 162, 163, 164, 165, 167, 168, 170, 173, 184,
  185, 188, 193, 194, 195, 199, 204, 205, 206, 207, 208, 209, 212, 213, 216,
] as const;
const ACCESS_NETWORKS = [
  2, 5, 24, 31, 37, 46, 47, 62, 67, 68, 69, 70, 71, 72, 73, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86,
  87, 88, 89, 90, 92, 93, 96, 97, 98, 109, 174, 176, 177, 178, 179, 181, 186, 187, 189, 190, 200, 201,
] as const;

export interface RemotePlace {
  /** '' when the process used the address directly. */
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}

/** Any public address of a data centre. */
export function publicAddress(random: Random): string {
  return `${random.pick(DATA_CENTRES)}.${random.integer(1, 254)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;
}

/** Somebody's home: peers of proxyware and torrents, a NAS behind a router. */
export function residentialAddress(random: Random): string {
  return `${random.pick(ACCESS_NETWORKS)}.${random.integer(1, 254)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;
}

export function publicAddress6(random: Random): string {
  const prefix = random.pick(['2600:1f', '2606:47', '2a00:14', '2a01:4f', '2607:f8', '2a02:26']);
  const block = (): string => random.integer(1, 65535).toString(16);
  return `${prefix}${random.hex(2)}:${block()}:${block()}::${block()}`;
}

/**
 * The fleet's view of DNS: a name keeps its few addresses in every run of the same seed, whoever asks, so that a
 * destination is recognisable by address as well as by name.
 */
export class AddressBook {
  private readonly known = new Map<string, readonly string[]>();

  constructor(private readonly random: Random) {}

  resolve(name: string, random: Random, version: 4 | 6 = 4): string {
    const key = `${version}:${name}`;
    let addresses = this.known.get(key);
    if (addresses === undefined) {
      const own = this.random.child(key);
      addresses = Array.from({ length: own.integer(1, 4) }, () =>
        version === 6 ? publicAddress6(own) : ownedAddress(name, own),
      );
      this.known.set(key, addresses);
    }
    return random.pick(addresses);
  }
}

function ownedAddress(name: string, random: Random): string {
  if (/(^|\.)(apple\.com|icloud\.com|icloud-content\.com|mzstatic\.com|aaplimg\.com)$/.test(name)) {
    return `17.${random.integer(32, 253)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;
  }
  return publicAddress(random);
}
