/** A picture the reader took, and what it made of it. `content` undefined: it read nothing. */
export interface Picture {
  readonly image: number;
  readonly content: string | undefined;
  readonly grade: number;
  readonly decodeTime: number;
}

/** The XML of one result. `trigger` undefined: nobody asked for it. */
export function resultXml(id: number, trigger: number | undefined, picture: Picture): string {
  const { image, content, grade, decodeTime } = picture;
  const text = content === undefined ? '' : Buffer.from(`]d2${content}`, 'latin1').toString('base64');
  const symbology = content === undefined ? '' : 'Data Matrix';
  const general = [
    `<status>${content === undefined ? 'NO READ' : 'GOOD READ'}</status>`,
    `<full_string encoding="base64">${text}</full_string>`,
    `<symbology>${symbology}</symbology>`,
    `<decode_time>${decodeTime}</decode_time>`,
    trigger === undefined ? '' : `<trigger_index>${trigger}</trigger_index>`,
  ].join('');
  // The element is spelt as the device spells it.
  const verification =
    content === undefined
      ? ''
      : `<trucheck_verificaiton_result><overall_grade>${grade.toFixed(1)}</overall_grade></trucheck_verificaiton_result>`;
  return `<result id="${id}" image_id="${image}" version="1"><general>${general}</general>${verification}</result>`;
}
