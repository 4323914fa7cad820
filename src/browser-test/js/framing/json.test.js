import { parseJson, BadJson } from '/app/framing/json.js';
import { equal, throws } from '/browser-test/assert.js';

function place(text) {
  try {
    parseJson(text);
  } catch (failure) {
    if (failure instanceof BadJson) return [failure.line, failure.column];
    throw failure;
  }
  throw new Error(`no error in ${text}`);
}

function plain({ type, members, items, value }) {
  switch (type) {
    case 'object': return Object.fromEntries(members.map(([name, one]) => [name, plain(one)]));
    case 'array': return items.map(plain);
    case 'string': return value;
    default: return JSON.parse(value);
  }
}

export const tests = {
  whatTheBrowserReadsIsReadTheSame: () => {
    for (const text of ['{"a":[1,-2.5e3,"x\\u00e9\\n\\"",null,true,{}],"b":{"c":[]}}', ' [ ] ', '"\u2028"', '0', '-0.0E+1', '{"":""}']) {
      equal(plain(parseJson(text)), JSON.parse(text));
    }
  },
  numbersKeepTheirDigitsAndObjectsTheirDoubles: () => {
    equal(parseJson('12345678901234567890.10').value, '12345678901234567890.10');
    equal(parseJson('{"b":1,"a":2,"b":3}').members.map(([name]) => name), ['b', 'a', 'b']);
  },
  anErrorSaysWhereItIs: () => {
    equal(place('{"a": 1,\n "b" 2}'), [2, 6]);
    equal(place('{"a": nul}'), [1, 7]);
    equal(place('[1,]'), [1, 4]);
    equal(place('{"a":1'), [1, 7]);
    equal(place('1 2'), [1, 3]);
    equal(place('01'), [1, 2]);
    equal(place('"a\tb"'), [1, 3]);
    equal(place('"\\q"'), [1, 2]);
    equal(place(''), [1, 1]);
  },
  anErrorQuotesNoMoreThanTheBeginningOfALongWord: () => throws(() => parseJson('A'.repeat(1_000_000)), `“${'A'.repeat(20)}…”`),
  endlessNestingIsRefused: () => throws(() => parseJson('['.repeat(1_000_000)), 'deeper'),
  whatTheBrowserRefusesIsRefused: () => {
    const seeds = ['{"a":[1,2,{"b":"c"}],"d":null}', '[true,false,"\\u0041",1.5e-3]'];
    for (let i = 0; i < 3000; i++) {
      const seed = seeds[i % 2];
      const at = Math.floor(Math.random() * seed.length);
      const text = seed.slice(0, at) + '{}[]",:0-e\\tx \n'[Math.floor(Math.random() * 15)] + seed.slice(at + Math.floor(Math.random() * 2));
      let wanted;
      try { wanted = JSON.parse(text); } catch { place(text); continue; }
      equal(plain(parseJson(text)), wanted);
    }
  },
};
