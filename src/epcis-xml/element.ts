/** An XML element with its namespaces resolved to prefixes that mean the same in the whole document. */
export interface Element {
  /** `local`, or `prefix:local` in a namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text that stands directly in it, trimmed. */
  readonly text: string;
}

/** Namespaces that belong to XML or to EPCIS itself; what they hold is no extension. */
const OWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
    'http://www.w3.org/XML/1998/namespace': 'xml',
    'urn:epcglobal:epcis:xsd:1': 'epcis',
    'urn:epcglobal:epcis:xsd:2': 'epcis',
    'urn:epcglobal:epcis-query:xsd:1': 'epcisq',
    'urn:epcglobal:epcis-query:xsd:2': 'epcisq',
    'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader': 'sbdh',
  }),
);

/** Knows which prefix means what at a place of a document, and gives each namespace one prefix for all of it. */
export interface Scopes {
  readonly enter: (attributes: readonly (readonly [string, string])[]) => void;
  readonly leave: () => void;
  /** A name with the document's prefix; undefined when its own prefix was never declared. */
  readonly named: (name: string, isAttribute: boolean) => string | undefined;
  /** Prefixes of extensions, as the document's events use them. */
  readonly namespaces: Readonly<Record<string, string>>;
}

export function scopes(): Scopes {
  const namespaces: Record<string, string> = {};
  const stack: ReadonlyMap<string, string>[] = [new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])];

  function prefixOf(uri: string, wish: string): string {
    const own = OWN.get(uri);
    if (own !== undefined) return own;
    const known = Object.keys(namespaces).find((prefix) => namespaces[prefix] === uri);
    if (known !== undefined) return known;
    let prefix = wish;
    for (let n = 1; prefix === '' || Object.hasOwn(namespaces, prefix) || isOwn(prefix); n += 1) prefix = `ns${n}`;
    namespaces[prefix] = uri;
    return prefix;
  }

  return {
    namespaces,
    enter: (attributes) => {
      const scope = new Map(stack.at(-1));
      for (const [name, value] of attributes) {
        if (name === 'xmlns') scope.set('', value);
        if (!name.startsWith('xmlns:')) continue;
        const prefix = name.slice('xmlns:'.length);
        scope.set(prefix, value);
        // Prefixes also stand in values (sensor types), so each declared one is kept.
        if (!isHousekeeping(prefix, value)) prefixOf(value, prefix);
      }
      stack.push(scope);
    },
    leave: () => {
      stack.pop();
    },
    named: (name, isAttribute) => {
      const at = name.indexOf(':');
      const prefix = at === -1 ? '' : name.slice(0, at);
      if (prefix === '' && isAttribute) return name;
      const uri = stack.at(-1)?.get(prefix);
      if (uri === undefined) return prefix === '' ? name : undefined;
      return uri === '' ? name : `${prefixOf(uri, prefix)}:${name.slice(at + 1)}`;
    },
  };
}

function isOwn(prefix: string): boolean {
  return [...OWN.values()].includes(prefix);
}

/** Declared in nearly every document, and of no meaning for events. */
function isHousekeeping(prefix: string, uri: string): boolean {
  return (
    OWN.get(uri) !== undefined || uri === 'urn:epcglobal:xsd:1' || uri === 'urn:epcglobal:xsd:2' || prefix === 'xsd'
  );
}
