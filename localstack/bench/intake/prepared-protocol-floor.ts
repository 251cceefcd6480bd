import { performance } from 'node:perf_hooks';
import { makeClients } from '../../../src/aws/clients';
import { awsClock } from '../../../src/aws/clock';
import type { Contender } from './place';
import { protocolFloor } from './protocol-floor';

/** The protocol's floor by Tidemark's own clients: between it and Tidemark is what Tidemark itself does, and no part of the SDK. */
export const preparedProtocolFloor: Contender = (place, pollers) => {
  const { polling, preparedSqs, preparedDynamo, destroy } = makeClients({
    endpointUrl: new URL(place.queueUrl).origin,
    pollWaitSeconds: 20,
    clock: awsClock({ nowMs: Date.now, monotonicMs: () => performance.now() }),
    metrics: { add: () => undefined },
  });
  const stop = protocolFloor({ ...place, polling, sqs: preparedSqs, dynamo: preparedDynamo }, pollers);
  return () => {
    stop();
    destroy();
  };
};
