import { hurried, startForwardingEndpoint } from '../../forwarding-endpoint';
import { iamRequestsOf } from './iam-request';
import type { IamRequest } from './policy';

export interface RecordingEndpoint {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** What has been asked since the last time. */
  readonly taken: () => readonly IamRequest[];
  readonly close: () => Promise<void>;
}

/** Stands before an endpoint, and remembers what IAM would have been asked. */
export const startRecordingEndpoint = async (endpointUrl: string): Promise<RecordingEndpoint> => {
  let recorded: IamRequest[] = [];
  const endpoint = await startForwardingEndpoint(endpointUrl, (request) => {
    recorded.push(...iamRequestsOf(request));
    return hurried(request.body);
  });
  return {
    ...endpoint,
    taken: () => {
      const since = recorded;
      recorded = [];
      return since;
    },
  };
};
