import { synthesize } from './synthesized';

/** CloudFormation's reference to a rule of a bus with a name is `<bus>|<rule>`; metrics have the one and the other. */
test('a rule is called by its name wherever it is told of, never by reference', () => {
  const { Resources, Outputs } = synthesize({ ruleMode: 'registered' });
  const rules = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
  const told = JSON.stringify([Resources, Outputs]);
  for (const [id, { Properties }] of rules) {
    expect(told).not.toContain(JSON.stringify({ Ref: id }));
    expect(told).toContain(`{"Name":"RuleName","Value":${JSON.stringify(Properties['Name'])}}`);
  }
  expect(rules).toHaveLength(2);
});
