/**
 * JSON (RFC 8259) as it was written: numbers keep their digits and objects their order and their doubles, which
 * `JSON.parse` gives up, and an error says where it is in every browser alike.
 */

const DEEPEST = 500;
/** Of what is no value, so much is quoted. */
const LONGEST_WORD = 20;
const WORDS = { true: true, false: true, null: true };
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What is wrong with a JSON text: `at` counts characters from 0, `line` and `column` from 1. */
export class BadJson extends Error {
  constructor(words, text, at) {
    const before = text.slice(0, at).split('\n');
    super(words);
    this.at = at;
    this.line = before.length;
    this.column = before.at(-1).length + 1;
  }
}

/** The one value in a text: `{type, members | items | value}`, where members are pairs and the value of a number is its digits. */
export function parseJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at < text.length) throw new BadJson('More comes after the value', text, reader.at);
  return value;
}

class Reader {
  at = 0;
  #text;

  constructor(text) {
    this.#text = text;
  }

  value(depth) {
    this.space();
    if (depth > DEEPEST) this.#fail(`Nested deeper than ${DEEPEST}`);
    const first = this.#text[this.at];
    if (first === '{') return { type: 'object', members: this.#list('}', () => this.#member(depth + 1)) };
    if (first === '[') return { type: 'array', items: this.#list(']', () => this.value(depth + 1)) };
    if (first === '"') return { type: 'string', value: this.#string() };
    const number = this.#take(NUMBER);
    if (number) return { type: 'number', value: number };
    const word = /[a-zA-Z]+/y;
    word.lastIndex = this.at;
    const [found = ''] = word.exec(this.#text) ?? [];
    if (!Object.hasOwn(WORDS, found)) this.#fail(first === undefined ? 'A value is missing: the text ends here' : `No value begins with “${found.length > LONGEST_WORD ? `${found.slice(0, LONGEST_WORD)}…` : found || first}”`);
    this.at += found.length;
    return { type: 'word', value: found };
  }

  space() {
    this.#take(SPACE);
  }

  #member(depth) {
    this.space();
    if (this.#text[this.at] !== '"') this.#fail('A name in double quotes is missing');
    const name = this.#string();
    this.space();
    if (this.#text[this.at] !== ':') this.#fail('A colon is missing after the name');
    this.at++;
    return [name, this.value(depth)];
  }

  #list(end, one) {
    const found = [];
    this.at++;
    this.space();
    if (this.#text[this.at] === end) {
      this.at++;
      return found;
    }
    for (;;) {
      found.push(one());
      this.space();
      const next = this.#text[this.at];
      if (next !== ',' && next !== end) this.#fail(next === undefined ? `“${end}” is missing: the text ends here` : `“,” or “${end}” is missing`);
      this.at++;
      if (next === end) return found;
    }
  }

  #string() {
    const from = this.at++;
    for (;;) {
      this.#take(PLAIN);
      const next = this.#text[this.at];
      if (next === '"') {
        this.at++;
        return JSON.parse(this.#text.slice(from, this.at));
      }
      if (next === undefined) this.#fail('The closing quote is missing: the text ends here');
      if (next !== '\\') this.#fail('A control character stands in a string');
      if (!this.#take(ESCAPE)) this.#fail('“\\” means nothing here');
    }
  }

  #take(pattern) {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.at += found.length;
    return found;
  }

  #fail(words) {
    throw new BadJson(words, this.#text, this.at);
  }
}
