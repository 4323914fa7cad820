/** Where and why a text is not the dump that it seems to be; lines and columns count from 1. */
export class BadDump extends Error {
  constructor(text, at, words, format) {
    super(words);
    const before = text.slice(0, at);
    this.line = before.split('\n').length;
    this.column = at - before.lastIndexOf('\n');
    this.format = format;
  }
}
