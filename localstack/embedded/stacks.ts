import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { ServiceError } from './service-error';
import type { StandIn } from './stand-in';

/*
 * As much of CloudFormation as tells where things are: a stack that creates nothing, and has the outputs of its template. AWS's Query
 * protocol: the operation is in a form, the answer is XML.
 */

interface Output {
  readonly Value: string;
}

interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly outputs: Readonly<Record<string, Output>>;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escaped = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
const element = (name: string, ...content: readonly string[]): string => `<${name}>${content.join('')}</${name}>`;
const list = (name: string, members: readonly string[]): string => element(name, ...members.map((one) => element('member', one)));

const outputsOf = (template: string): Stack['outputs'] => {
  const { Outputs: outputs = {} } = JSON.parse(template) as { readonly Outputs?: Readonly<Record<string, Output>> };
  for (const [name, { Value: value }] of Object.entries(outputs))
    if (typeof value !== 'string')
      throw new ServiceError(
        'ValidationError',
        `Expected a text as the value of output ${name}, the only one that is known here.`,
      );
  return outputs;
};

const describe = ({ id, name, createdAt, outputs }: Stack): string => {
  const told = Object.entries(outputs).map(
    ([key, { Value }]) => element('OutputKey', escaped(key)) + element('OutputValue', escaped(Value)),
  );
  return [
    element('StackId', id),
    element('StackName', escaped(name)),
    element('CreationTime', createdAt),
    element('StackStatus', 'CREATE_COMPLETE'),
    list('Outputs', told),
  ].join('');
};

const operationsOn = (stacks: Map<string, Stack>): Readonly<Record<string, (form: URLSearchParams) => string>> => ({
  CreateStack: (form) => {
    const name = form.get('StackName') ?? '';
    if (stacks.has(name)) throw new ServiceError('AlreadyExistsException', `Stack [${name}] already exists`);
    const id = `arn:aws:cloudformation:us-east-1:000000000000:stack/${name}/${randomUUID()}`;
    const outputs = outputsOf(form.get('TemplateBody') ?? '{}');
    stacks.set(name, { id, name, createdAt: new Date().toISOString(), outputs });
    return element('StackId', id);
  },
  DescribeStacks: (form) => {
    const name = form.get('StackName') ?? '';
    const found = [...stacks.values()].find((stack) => stack.name === name || stack.id === name);
    if (!found) throw new ServiceError('ValidationError', `Stack with id ${name} does not exist`);
    return list('Stacks', [describe(found)]);
  },
  DeleteStack: (form) => {
    stacks.delete(form.get('StackName') ?? '');
    return '';
  },
});

const send = (response: ServerResponse, status: number, content: string): void => {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(`<?xml version="1.0"?>\n${content}`);
};

const errorText = (error: unknown): string => {
  const code = error instanceof ServiceError ? error.code : 'InternalFailure';
  const type = error instanceof ServiceError ? 'Sender' : 'Receiver';
  const message = error instanceof Error ? error.message : String(error);
  const parts = [element('Type', type), element('Code', code), element('Message', escaped(message))];
  return element('ErrorResponse', element('Error', ...parts), element('RequestId', randomUUID()));
};

export const startStacks = (): StandIn => {
  const operations = operationsOn(new Map());
  const answer = async (request: IncomingMessage): Promise<string> => {
    const form = new URLSearchParams(await text(request));
    const name = form.get('Action') ?? '';
    const operation = operations[name];
    if (!operation) throw new ServiceError('InvalidAction', `Expected one of ${Object.keys(operations).join(', ')}; got ${name}`);
    const metadata = element('ResponseMetadata', element('RequestId', randomUUID()));
    return element(`${name}Response`, element(`${name}Result`, operation(form)), metadata);
  };
  return {
    handle: (request, response) => {
      answer(request).then(
        (content) => send(response, 200, content),
        (error: unknown) => send(response, error instanceof ServiceError ? 400 : 500, errorText(error)),
      );
    },
    close: () => Promise.resolve(),
  };
};
