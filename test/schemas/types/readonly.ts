import ts from 'typescript';

const readonlyAll: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const modifiers = [factory.createModifier(ts.SyntaxKind.ReadonlyKeyword)];
  const visit = (node: ts.Node): ts.Node => {
    const seen = ts.visitEachChild(node, visit, context);
    if (ts.isPropertySignature(seen))
      return factory.updatePropertySignature(seen, modifiers, seen.name, seen.questionToken, seen.type);
    if (ts.isIndexSignatureDeclaration(seen))
      return factory.updateIndexSignature(seen, modifiers, seen.parameters, seen.type);
    if (ts.isArrayTypeNode(seen)) return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, seen);
    return seen;
  };
  return (file) => ts.visitEachChild(file, visit, context);
};

/** Declarations whose every field and list is readonly: what arrives and what leaves is data, never written to. */
export const withReadonly = (source: string): string => {
  const file = ts.createSourceFile('types.ts', source, ts.ScriptTarget.Latest, true);
  const { transformed } = ts.transform(file, [readonlyAll]);
  return transformed.map((one) => ts.createPrinter().printFile(one)).join('');
};
