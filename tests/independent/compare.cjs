// What api-smart-diff calls breaking between two documents: node compare.cjs PACKAGE OLD NEW
//
// A list of {action, path, value} in JSON, where `path` leads through references as if what they name stood
// there, and `value` is what came or went, in lists only: their indices are those of neither document.

const { readFileSync } = require("fs");
const [, , package, old, next] = process.argv;
const { apiDiff } = require(package);

const read = (path) => JSON.parse(readFileSync(path));
const isIndex = (key) => typeof key === "number" || /^\d+$/.test(key);

const breaking = apiDiff(read(old), read(next), {})
  .filter((change) => change.type === "breaking")
  .map(({ action, path, before, after }) => {
    const value = isIndex(path[path.length - 1]) ? (action === "add" ? after : before) : undefined;
    return { action, path: path.map(String), value };
  });
process.stdout.write(JSON.stringify(breaking));
