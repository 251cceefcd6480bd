import { ExecutionAlreadyExists, InvalidExecutionInput, InvalidName, type SFNClient } from '@aws-sdk/client-sfn';
import { sfnStateMachine } from '../../src/aws/state-machine';
import { CallRefusedError } from '../../src/core/errors';

const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:enrichment';
const execution = { name: 'one', input: '{ "n":1.0,\n "text":"é" }' };

const machineThat = (answer: () => unknown) => {
  const sent: unknown[] = [];
  const send = async ({ input }: { readonly input: unknown }): Promise<unknown> => {
    sent.push(input);
    return Promise.resolve().then(answer);
  };
  return { machine: sfnStateMachine({ send } as unknown as SFNClient, arn), sent };
};

const fails = (error: Error) => () => {
  throw error;
};
const $metadata = {};

test('name and input are sent as they are', async () => {
  const { machine, sent } = machineThat(() => ({}));
  expect(await machine.start(execution)).toBe('started');
  expect(sent).toEqual([{ stateMachineArn: arn, ...execution }]);
});

test('an execution that is there already is a success', async () => {
  const { machine } = machineThat(fails(new ExecutionAlreadyExists({ message: 'exists', $metadata })));
  expect(await machine.start(execution)).toBe('already');
});

test.each([new InvalidName({ message: 'name', $metadata }), new InvalidExecutionInput({ message: 'input', $metadata })])(
  'what Step Functions refuses for good is refused for good: %s',
  async (refusal) => {
    const { machine } = machineThat(fails(refusal));
    await expect(machine.start(execution)).rejects.toThrow(CallRefusedError);
  },
);

test('any other failure is passed on, to be tried again', async () => {
  const failure = new Error('throttled');
  const { machine } = machineThat(fails(failure));
  await expect(machine.start(execution)).rejects.toBe(failure);
});
