/** The compiler over a copy of the tree: one program that goes from change to change, so only what a change touches is checked again. */
import { join } from 'node:path';
import ts from 'typescript';

/** @returns a check to be made after each change: whether it compiles, and what the compiler says */
export const compilerOf = (tree) => {
  const files = new Map();
  let program;
  return () => {
    const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
      join(tree, 'tsconfig.lint.json'),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
          throw new Error(String(messageText));
        },
      },
    );
    const host = ts.createIncrementalCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...how) => {
      const text = ts.sys.readFile(name);
      const known = files.get(name);
      if (known?.text === text) return known;
      const file = read(name, ...how);
      if (file !== undefined) files.set(name, file);
      return file;
    };
    program = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, program);
    const found = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
    const said = ts.formatDiagnostics(found, {
      getCurrentDirectory: () => tree,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    });
    return { ok: found.length === 0, said };
  };
};
