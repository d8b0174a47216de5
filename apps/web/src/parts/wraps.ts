/** Of a button whose words are long: where there is no room beside them, they take another line. */
export const WRAPS = {
  h: 'auto',
  mih: 44,
  py: 6,
  styles: { label: { whiteSpace: 'normal', lineHeight: 1.3 } },
} as const;
