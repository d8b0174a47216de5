import { savedAs, titleOf } from './files.js';

describe('the title of a file', () => {
  it.each([
    ['MRI left knee.pdf', 'MRI left knee.pdf'],
    ['  Befund\u0000\n2026.pdf ', 'Befund  2026.pdf'],
    ['a\u202Egnp.exe', 'a gnp.exe'],
    ['\u{1F468}'.repeat(300), '\u{1F468}'.repeat(100)],
  ])('%j is %j', (fileName, title) => {
    expect(titleOf(fileName)).toBe(title);
  });
});

describe('a document that is saved', () => {
  it.each([
    ['MRI.pdf', 'application/pdf', 'MRI.pdf'],
    ['MRI.PDF', 'application/pdf', 'MRI.PDF'],
    ['Imaging report', 'application/pdf', 'Imaging report.pdf'],
    ['scan.jpeg', 'image/jpeg', 'scan.jpeg'],
    ['report.html', 'image/png', 'report.html.png'],
    ['../etc/passwd', 'image/tiff', '.. etc passwd.tif'],
  ] as const)('%s, which is %s, is called %s', (called, mediaType, name) => {
    expect(savedAs(called, mediaType)).toBe(name);
  });
});
