/**
 * The end of a bucket's host name, at the endpoint of whatever region, dual-stack or not, in the dotted and in the old
 * dashed form (docs.aws.amazon.com, "Amazon Simple Storage Service endpoints and quotas"). RE2 and JavaScript read it alike.
 */
export const BUCKET_ENDPOINT = '\\.s3(?:[.-](?:dualstack\\.)?[a-z0-9-]+)?\\.amazonaws\\.com$';

/** What it stands for: a bucket's name is one in the world (docs.aws.amazon.com, "Bucket naming rules"). */
export const BUCKET_HOST = '.s3.amazonaws.com';

const ENDPOINT = new RegExp(BUCKET_ENDPOINT);

/** A bucket under one name, whatever region's endpoint it is reached by; any other lower-case host name as it is. */
export function foldBucketHost(name: string): string {
  return name.replace(ENDPOINT, BUCKET_HOST);
}
