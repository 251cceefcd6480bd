import type { Overrides } from '../installation';
import type { Template, TemplateResource } from './template';

/* Shorter waits for a demo or a test: settings of the intake queue, not its shape. */

const edited = ({ Properties = {}, ...queue }: TemplateResource, overrides: Overrides): TemplateResource => {
  const { visibilitySeconds, receiveWaitSeconds, maxReceiveCount } = overrides;
  const redrive = Properties['RedrivePolicy'] as Readonly<Record<string, unknown>>;
  return {
    ...queue,
    Properties: {
      ...Properties,
      ...(visibilitySeconds !== undefined && { VisibilityTimeout: visibilitySeconds }),
      ...(receiveWaitSeconds !== undefined && { ReceiveMessageWaitTimeSeconds: receiveWaitSeconds }),
      ...(maxReceiveCount !== undefined && { RedrivePolicy: { ...redrive, maxReceiveCount } }),
    },
  };
};

export const withOverrides = (template: Template, queueName: string, overrides: Overrides): Template => {
  const found = Object.entries(template.Resources).find(([, { Properties }]) => Properties?.['QueueName'] === queueName);
  if (!found) throw new Error(`Expected a queue called ${queueName} in the template.`);
  const [id, queue] = found;
  return { ...template, Resources: { ...template.Resources, [id]: edited(queue, overrides) } };
};
