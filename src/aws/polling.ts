import type { ReceiveMessageCommand, ReceiveMessageResult, SQSClient } from '@aws-sdk/client-sqs';

/** Polls of one queue, all of them under one signal. */
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
      if (heeded !== undefined && heeded !== abortSignal)
        throw new Error('Expected all polls of a client to be under one signal, got another one.');
      heeded = abortSignal;
      return client.send(command);
    },
  };
};
