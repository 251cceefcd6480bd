import type { ReceiveMessageCommand, ReceiveMessageResult, SQSClient } from '@aws-sdk/client-sqs';

/** Polls of one queue, all of them that are under way under one signal: the last that was given. */
export interface Polling {
  readonly send: (
    command: ReceiveMessageCommand,
    options: { readonly abortSignal: AbortSignal },
  ) => Promise<ReceiveMessageResult>;
}

/**
 * The SDK puts its chain together anew for each call that comes with a signal. So the signal goes where it is heeded in the end: to
 * whoever makes the requests.
 */
export const pollsOf = (client: SQSClient): Polling => {
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  let heeded: AbortSignal | undefined;
  requestHandler.handle = (request, options) => handle(request, { ...options, ...(heeded ? { abortSignal: heeded } : {}) });
  return {
    send: (command, { abortSignal }) => {
      heeded = abortSignal;
      return client.send(command);
    },
  };
};
