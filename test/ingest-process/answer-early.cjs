/* Loaded before the program: a door that says that the queue has what is only on its way there. */
const { randomUUID } = require('node:crypto');
const { SendMessageBatchCommand, SQSClient } = require('@aws-sdk/client-sqs');

const { send } = SQSClient.prototype;

SQSClient.prototype.send = function sendLater(command, ...rest) {
  const sent = send.call(this, command, ...rest);
  if (!(command instanceof SendMessageBatchCommand)) return sent;
  sent.catch(() => undefined);
  return Promise.resolve({ Successful: command.input.Entries.map(({ Id }) => ({ Id, MessageId: randomUUID() })), Failed: [] });
};
