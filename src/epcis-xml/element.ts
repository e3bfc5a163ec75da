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

/** What an element declares, and where it lies. Elements that declare nothing share the scope around them. */
interface Scope {
  readonly own: Map<string, string>;
  readonly outer?: Scope;
}

export function scopes(): Scopes {
  const namespaces: Record<string, string> = {};
  /** The prefix of each namespace, and the number of the last one that was made up. */
  const prefixes = new Map<string, string>();
  let made = 0;
  const stack: Scope[] = [{ own: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]) }];

  function prefixOf(uri: string, wish: string): string {
    const own = OWN.get(uri);
    if (own !== undefined) return own;
    const known = prefixes.get(uri);
    if (known !== undefined) return known;
    let prefix = wish;
    while (prefix === '' || Object.hasOwn(namespaces, prefix) || isOwn(prefix)) {
      made += 1;
      prefix = `ns${made}`;
    }
    namespaces[prefix] = uri;
    prefixes.set(uri, prefix);
    return prefix;
  }

  return {
    namespaces,
    enter: (attributes) => {
      const own = new Map<string, string>();
      const outer = stack.at(-1);
      for (const [name, value] of attributes) {
        if (name === 'xmlns') own.set('', value);
        if (!name.startsWith('xmlns:')) continue;
        const prefix = name.slice('xmlns:'.length);
        own.set(prefix, value);
        // Prefixes also stand in values (sensor types), so each declared one is kept.
        if (!isHousekeeping(prefix, value)) prefixOf(value, prefix);
      }
      stack.push(within(outer, own));
    },
    leave: () => {
      stack.pop();
    },
    named: (name, isAttribute) => {
      const at = name.indexOf(':');
      const prefix = at === -1 ? '' : name.slice(0, at);
      if (prefix === '' && isAttribute) return name;
      const uri = meaning(stack.at(-1), prefix);
      if (uri === undefined) return prefix === '' ? name : undefined;
      return uri === '' ? name : `${prefixOf(uri, prefix)}:${name.slice(at + 1)}`;
    },
  };
}

function within(outer: Scope | undefined, own: Map<string, string>): Scope {
  if (outer === undefined) return { own };
  return own.size === 0 ? outer : { own, outer };
}

/** Elements never lie deep in each other, so neither do scopes. */
function meaning(innermost: Scope | undefined, prefix: string): string | undefined {
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    const uri = scope.own.get(prefix);
    if (uri !== undefined) return uri;
  }
  return undefined;
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
