import { parseMessage } from '#gs1/national/iso15434.ts';
import { askBwip } from '#symbol/bwip.ts';
import type { DrawnSymbol } from '#symbol/draw-symbol.ts';
import type { DataMatrixSize } from '#symbol/layout.ts';

/**
 * Draws an ISO/IEC 15434 message of format 06, such as a German code with PPN, as a plain Data Matrix in a fixed size. The
 * envelope is written as macro 06 and takes one codeword; readers send it in full.
 */
export function drawMessage(size: DataMatrixSize, message: string): DrawnSymbol {
  const parsed = parseMessage(message);
  if (parsed.kind === 'malformed') {
    return { kind: 'refused', by: 'linewright', rule: 'not-a-message', expected: parsed.expected };
  }
  const text = message.replaceAll(/[^0-9A-Za-z]/g, escaped);
  const answer = askBwip({ bcid: 'datamatrix', text, parse: true, version: size }, 1);
  switch (answer.kind) {
    case 'refused':
      return { kind: 'refused', by: 'bwip-js', rule: answer.code, expected: answer.detail };
    case 'does-not-fit':
      return answer;
    case 'drawn':
      return { kind: 'drawn', picture: answer.picture, content: message };
  }
}

/** A character by its code in three digits, as the encoder reads it. */
function escaped(symbol: string): string {
  return `^${symbol.charCodeAt(0).toString().padStart(3, '0')}`;
}
