/**
 * Registrable domains under which the host name, not the domain, says whose place it is: object stores, content
 * networks and per-tenant services. The engine's public-suffix functions know only part of the list's private section.
 * Sources: publicsuffix.org private section, and the vendors' own endpoint documentation.
 */
export const SHARED_HOSTING: readonly string[] = [
  'akamaized.net',
  'aliyuncs.com',
  'amazonaws.com',
  'azureedge.net',
  'azurefd.net',
  'azurewebsites.net',
  'backblazeb2.com',
  'cloudflarestorage.com',
  'cloudfront.net',
  'digitaloceanspaces.com',
  'fastly.net',
  'googleapis.com',
  'herokuapp.com',
  'idrivee2.com',
  'linodeobjects.com',
  'oraclecloud.com',
  'scw.cloud',
  'sharepoint.com',
  'storjshare.io',
  'vultrobjects.com',
  'wasabisys.com',
  'windows.net',
];
