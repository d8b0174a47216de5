/**
 * Which tables a context's SQL names. Imports are held by the table of who may import whom; a table is named in a text, which no
 * import shows: by kysely (`'read.plan'`), or in a template of `sql`.
 */
import ts from 'typescript';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A table in schema `read`. */
const TABLE = /\bread"?\."?([a-z_]\w*)/g;
/** The schema alone, its table to be put behind it; a sentence may end with the word. */
const SCHEMA = /\bread"?\."?$/;
const MADE_OF_PARTS = '(made of parts)';

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

const each = ({ path, text }: Source, visit: (node: ts.Node) => void): void => {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
};

const contextOf = (path: string): string => /(?:^|\/)libs\/([^/]+)\//.exec(path)?.[1] ?? '';

/** Names of tables in texts that the program has, comments apart. */
const tablesIn = (source: Source): readonly string[] => {
  const named = new Set<string>();
  each(source, (node) => {
    if (!isText(node)) return;
    for (const [, table = ''] of node.text.matchAll(TABLE)) named.add(table);
    const goesOn = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || node.text === 'read.';
    if (goesOn && SCHEMA.test(node.text)) named.add(MADE_OF_PARTS);
  });
  return [...named];
};

const MODELS = ['readModel', 'groupModel'];

/** The contexts that declare tables, by table. */
export const owners = (sources: readonly Source[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const source of sources)
    each(source, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
      const [model] = node.arguments;
      if (!MODELS.includes(node.expression.text) || model === undefined) return;
      if (!ts.isObjectLiteralExpression(model)) return;
      for (const property of model.properties)
        if (
          ts.isPropertyAssignment(property) &&
          ts.isIdentifier(property.name) &&
          property.name.text === 'name' &&
          ts.isStringLiteral(property.initializer)
        )
          found.set(property.initializer.text, contextOf(source.path));
    });
  return found;
};

/**
 * Files that name a table of a context that theirs may not import, or a table that no context declares.
 * @param mayImport by context
 * @returns `path: table of owner`
 */
export const sqlUpward = (
  sources: readonly Source[],
  mayImport: Readonly<Record<string, readonly string[]>>,
): readonly string[] => {
  const ownedBy = owners(sources);
  return sources.flatMap((source) => {
    const context = contextOf(source.path);
    const open = [context, ...(mayImport[context] ?? [])];
    return tablesIn(source).flatMap((table) => {
      const owner = ownedBy.get(table);
      return owner !== undefined && open.includes(owner)
        ? []
        : [`${source.path}: ${table} of ${owner ?? 'nobody'}`];
    });
  });
};
