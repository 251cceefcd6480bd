/* As much of a CloudFormation template as is read here. */

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The names between `${` and `}` of a text with substitutions; `${!` is a text of its own. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.split('.')[0]!);

const substituted = (value: unknown): readonly string[] => {
  const [text, own] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const given = isObject(own) ? Object.keys(own) : [];
  return [...namesIn(String(text)).filter((name) => !given.includes(name)), ...(isObject(own) ? referencesIn(own) : [])];
};

const attributed = (value: unknown): string => (Array.isArray(value) ? String(value[0]) : String(value).split('.')[0]!);

/** Every logical id, parameter and condition that a part of a template refers to; not what every template has (`AWS::Region`, …). */
export const referencesIn = (part: unknown): readonly string[] => {
  if (Array.isArray(part)) return part.flatMap(referencesIn);
  if (!isObject(part)) return [];
  return Object.entries(part)
    .flatMap(([key, value]) => {
      if (key === 'Ref' || key === 'Condition') return typeof value === 'string' ? [value] : referencesIn(value);
      if (key === 'Fn::GetAtt') return [attributed(value)];
      if (key === 'Fn::Sub') return substituted(value);
      if (key === 'DependsOn') return [value].flat().map(String);
      return referencesIn(value);
    })
    .filter((name) => !name.startsWith('AWS::'));
};
