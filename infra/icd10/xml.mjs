/**
 * The official tabular list is plain, regular XML: elements, attributes, text and the five predefined
 * entities. This reads exactly that and throws on anything else (comments, CDATA, other entities), so
 * that a release in another form is noticed instead of read wrongly. A developer's tool, not shipped.
 */
const TOKEN = /<\?[^?]*\?>|<(\/?)([A-Za-z][\w.]*)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" };

const unescapeText = (text) =>
  text.replace(/&[^;]*;?/g, (entity) => {
    const character = ENTITIES[entity];
    if (character === undefined) throw new Error(`entity not expected: ${entity}`);
    return character;
  });

const attributesOf = (text) =>
  Object.fromEntries(
    [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescapeText(value)]),
  );

/** @returns {{ name: string, attributes: Record<string, string>, children: object[], text: string }} the root element */
export const readXml = (source) => {
  const document = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  let end = 0;
  for (const token of source.matchAll(TOKEN)) {
    const [whole, slash, name, attributes, selfClosing, text] = token;
    end = token.index + whole.length;
    const current = open.at(-1);
    if (text !== undefined) current.text += unescapeText(text);
    else if (name !== undefined && slash === '/') {
      if (open.pop().name !== name)
        throw new Error(`</${name}> closes another element, at ${String(token.index)}`);
    } else if (name !== undefined) {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  if (end !== source.length || open.length !== 1)
    throw new Error(`XML cannot be read on from character ${String(end)}`);
  return document.children[0];
};

export const childrenNamed = (element, name) => element.children.filter((child) => child.name === name);

/** Text with runs of white space made one: the files break and pad lines freely. */
export const textOf = (element) => element.text.replace(/\s+/g, ' ').trim();
