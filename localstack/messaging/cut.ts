import { referencesIn, type Template, type TemplateResource } from './template';

/** Where a resource stands among the constructs of its stack. */
const pathOf = ({ Metadata }: TemplateResource): string => Metadata?.['aws:cdk:path'] ?? '';

/**
 * The part of the stack that events pass through and rest in, and the outputs that speak of nothing else: what of production can be had
 * without network, cluster and image.
 */
export const cutMessaging = (template: Template): Template => {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).filter(([, resource]) => pathOf(resource).split('/')[1] === 'Messaging'),
  );
  const isWithin = (part: unknown): boolean => referencesIn(part).every((name) => name in Resources);
  const outside = Object.entries(Resources).filter(([, resource]) => !isWithin(resource));
  if (outside.length > 0)
    throw new Error(
      `Expected what is under Messaging to refer to nothing else of the stack; these do: ${outside
        .map(
          ([id, resource]) =>
            `${id} (${referencesIn(resource)
              .filter((name) => !(name in Resources))
              .join(', ')})`,
        )
        .join(', ')}.`,
    );
  const Outputs = Object.fromEntries(Object.entries(template.Outputs ?? {}).filter(([, output]) => isWithin(output)));
  return { Resources, Outputs };
};
