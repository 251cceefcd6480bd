import prettier from 'prettier';

const banner = '/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */\n';

/** The import of types from a module beside the file. */
export const importLine = (names: readonly string[], from: string): string =>
  `import type { ${names.join(', ')} } from '${from}';\n`;

/** A generated file, in the style of the house. */
export const sourceFile = async (imports: readonly string[], declaration: string): Promise<string> => {
  const style = await prettier.resolveConfig(__filename);
  const short = declaration.replaceAll(/\/\*\*\n\s*\* (.*)\n\s*\*\//g, '/** $1 */');
  return prettier.format(`${banner}\n${imports.join('')}\n${short}`, { ...style, parser: 'typescript' });
};
