/** What the judged host's telemetry can show, as shares of its external connections. */
export interface HostTelemetry {
  readonly hostId: string;
  readonly hostName: string;
  readonly connections: number;
  readonly process: number;
  readonly names: number;
  readonly addresses: number;
  readonly out: number;
  readonly in: number;
  readonly duration: number;
  readonly signing: number;
  readonly parent: number;
  readonly open: number;
  readonly sources: readonly string[];
}
