/**
 * A path without what differs between hosts, users and versions, so that one program is one actor everywhere: user
 * names, Homebrew and framework versions, UUIDs, temporary folders and long hexadecimal or decimal runs become `*`.
 */
export function foldPath(path: string): string {
  return path
    .slice(0, 1024)
    .replace(/^\/private(?=\/(?:tmp|var)\/)/, '')
    .replace(/^\/Users\/(?!Shared\/)[^/]+/, '/Users/*')
    .replace(/^\/Volumes\/[^/]+/, '/Volumes/*')
    .replace(/^\/var\/folders\/[^/*][^/]*\/[^/]+/, '/var/folders/*')
    .replace(/\/AppTranslocation\/[^/]+/, '/AppTranslocation/*')
    .replace(/\/(Cellar|Caskroom)\/([^/]+)\/[^/]+/, '/$1/$2/*')
    .replace(/\/Versions\/[^/]+/, '/Versions/*')
    .replace(/[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/g, '*')
    .replace(/(?<=[/@_-]v?)\d+(?:\.\d+)+(?=[/_-]|$)/g, '*')
    .replace(/[0-9a-f]{16,}/g, '*')
    .replace(/\d{6,}/g, '*')
    .replace(/(?<=\/)\d+(?=\/)/g, '*');
}
