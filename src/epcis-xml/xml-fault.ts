/** A text that is no XML, or XML of a kind that is not read here. Never leaves this folder: readers answer with it. */
export class XmlFault extends Error {
  /** Characters from the beginning. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'XmlFault';
    this.position = position;
  }
}
