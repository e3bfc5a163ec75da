/**
 * Whether brackets outside strings lie deeper than `most` in each other. Asked before a JSON text is parsed, so that no
 * reader has to bear what is nested without end. Takes time in proportion to the text.
 */
export function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const symbol = text[at];
    if (symbol === '"') at = stringEnd(text, at);
    else if (symbol === '{' || symbol === '[') depth += 1;
    else if (symbol === '}' || symbol === ']') depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
