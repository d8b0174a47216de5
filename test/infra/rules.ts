/** House rules over a document: each finds its faults, and each has a change to the document that it must catch. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Rule<D> {
  readonly name: string;
  readonly faults: (document: D) => readonly string[];
  /** Changes a copy of the document so that the rule is broken. */
  readonly breaks: readonly ((document: D) => void)[];
}

export const faulty = (condition: boolean, fault: string): readonly string[] => (condition ? [fault] : []);

/** The real document keeps every rule, and a changed one is reported by the rule that it breaks. */
export const describeRules = <D>(rules: readonly Rule<D>[], document: D): void => {
  describe.each(rules.map((rule) => ({ ...rule, rule })))('$name', ({ rule }) => {
    it('holds', () => {
      expect(rule.faults(document)).toEqual([]);
    });

    it.each(rule.breaks.map((change, index) => ({ change, index })))(
      'catches breach $index',
      ({ change }) => {
        const copy = structuredClone(document);
        change(copy);
        expect(rule.faults(copy)).not.toEqual([]);
      },
    );

    it('has a breach to catch', () => {
      expect(rule.breaks.length).toBeGreaterThan(0);
    });
  });
};
