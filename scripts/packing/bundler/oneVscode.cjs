'use strict';

const NAME = 'vscodeApi';
/** The function that copies has a short name, which may have a `$`. For `\b`, that is no letter. */
const COPY = /(?<![\w$])[\w$]+\(require\("vscode"\)\)/g;

/**
 * VS Code's API, once for each bundle file. For every module that imports it, esbuild asks for it again and copies it, one
 * getter for each of its some 300 properties, which took longer at the start than all code of ours.
 *
 * @param {string} text what esbuild wrote
 */
function withOneVscode(text) {
  if (text.search(COPY) === -1) return text;
  if (text.includes(NAME)) throw new Error(`A bundle file must not use the name ${NAME}.`);
  const [head] = /^(?:"use strict";)?/.exec(text);
  return `${head}const ${NAME}=require("vscode");${text.slice(head.length).replace(COPY, NAME)}`;
}

module.exports = { withOneVscode };
