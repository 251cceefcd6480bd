import { okJson, type Answer } from './answer';

/** Step Functions: a name that is known answers as it did the first time, as if its execution still ran. */
export const openExecutions = () => {
  const started = new Map<string, number>();
  return {
    start: (text: string): Answer => {
      const { name = '', stateMachineArn } = JSON.parse(text) as { name?: string; stateMachineArn: string };
      const atMs = started.get(name) ?? Date.now();
      started.set(name, atMs);
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      return okJson({ executionArn, startDate: atMs / 1_000 });
    },
    count: (): number => started.size,
  };
};

const xml = (action: string, result: string): Answer => ({
  status: 200,
  type: 'text/xml',
  text:
    `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></${action}Response>`,
});

const messageId = '<MessageId>00000000-0000-4000-8000-000000000000</MessageId>';

/** SNS speaks the query protocol: what is called is in the form. Null: not SNS. */
export const topicAction = (text: string): string | null => /(?:^|&)Action=(Publish|PublishBatch)(?:&|$)/.exec(text)?.[1] ?? null;

const entryId = /(?:^|&)PublishBatchRequestEntries\.member\.\d+\.Id=([^&]*)/g;

export const publish = (action: string, text: string): Answer => {
  if (action === 'Publish') return xml(action, messageId);
  const members = [...text.matchAll(entryId)].map(([, id]) => `<member><Id>${id ?? ''}</Id>${messageId}</member>`);
  return xml(action, `<Successful>${members.join('')}</Successful><Failed/>`);
};
