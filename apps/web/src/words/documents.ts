/** Words of documents: filed, read again, saved. */
export const documents = {
  documents: {
    title: 'Documents',
    kind: 'What kind it is',
    add: 'Add files',
    drop: 'or drop them here: PDF, PNG, JPEG, TIFF or DICOM, each of {{most}} at most',
    sending: 'It is being sent …',
    tooLarge:
      'It is larger than {{most}} and was not sent. Scan it again at a lower resolution, or in parts.',
    dismiss: 'Leave it out',
    takeOff: 'Take it off the order',
    onRecord: 'Or one that is on record',
    save: 'Download',
    withdraw: 'Filed by mistake',
    withdrawHelp: 'It can be opened no more. That it was there, and why it is withdrawn, stays on record.',
    unknown: 'a document that you may not see',
    withdrawn: 'was filed by mistake and withdrawn',
  },
} as const;
