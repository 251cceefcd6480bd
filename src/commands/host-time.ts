import type { HostTime } from '../aws/clock';

/**
 * The one place where the host's clock enters the program: read at the start, then counted on. A step of the host's clock would
 * send an empty poll's start, and the watermark with it, hours ahead until the next answer from AWS.
 */
export const hostTime: HostTime = {
  nowMs: () => performance.timeOrigin + performance.now(),
  monotonicMs: () => performance.now(),
};
