import { readXml, type XmlElement } from '#devices/camera/genicam/xml.ts';

/** A node of the description as it stands there: its kind is the tag. */
export type GenicamNode = XmlElement;

/** A camera's nodes by name. */
export type Description = ReadonlyMap<string, GenicamNode>;

/** A feature that is not there, cannot be read or cannot be written, as a sentence. */
export class FeatureError extends Error {}

/** Elements that have a name and are no nodes. */
const NO_NODES: ReadonlySet<string> = new Set(['EnumEntry', 'pVariable', 'Constant', 'Expression', 'StructEntry']);

/** Reads a GenICam description. Throws an XmlError. */
export function readDescription(text: string): Description {
  const nodes = new Map<string, GenicamNode>();
  collect(readXml(text), nodes);
  return nodes;
}

function collect(element: XmlElement, nodes: Map<string, GenicamNode>): void {
  for (const child of element.children) {
    const name = child.attributes.get('Name');
    if (name !== undefined && !NO_NODES.has(child.tag)) nodes.set(name, child);
    if (child.tag === 'Group') collect(child, nodes);
    if (child.tag === 'StructReg') addEntries(child, nodes);
  }
}

/** A StructReg is one register with many masks: each entry is a MaskedIntReg that inherits what it does not say. */
function addEntries(register: XmlElement, nodes: Map<string, GenicamNode>): void {
  const common = register.children.filter(({ tag }) => tag !== 'StructEntry');
  for (const entry of register.children) {
    const name = entry.tag === 'StructEntry' ? entry.attributes.get('Name') : undefined;
    if (name !== undefined)
      nodes.set(name, { ...entry, tag: 'MaskedIntReg', children: [...entry.children, ...common] });
  }
}

export function textIn(node: GenicamNode, tag: string): string | undefined {
  return node.children.find((child) => child.tag === tag)?.text;
}

export function allIn(node: GenicamNode, tag: string): readonly XmlElement[] {
  return node.children.filter((child) => child.tag === tag);
}

/** A number as descriptions write it: decimal, or hexadecimal with `0x`. */
export function numberIn(node: GenicamNode, tag: string): number | undefined {
  const text = textIn(node, tag);
  return text === undefined ? undefined : parseNumber(text);
}

export function parseNumber(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
