// A second reader of the register's log, written from the definitions of RFC 6962 section 2.1 and sharing no code with
// the register: hashes over slices of the list as the text defines them, and proofs folded back by the same recursion.
// stdin: a JSON array of cases {lines: [{index, text, hash}], head: {size, root}, known?, inclusion?, consistency?}
// stdout: a JSON array with, for each case, the list of what is wrong.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const sha = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const hex = (text) => (typeof text === "string" && /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.alloc(0));

function k(n) {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

// MTH(D[n])
function mth(leaves) {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0];
  const at = k(leaves.length);
  return sha(NODE, mth(leaves.slice(0, at)), mth(leaves.slice(at)));
}

// The root that PATH(m, D[n]) leads to; the last hash of a path belongs to the split at the top.
function rootFromPath(leaf, m, n, path) {
  if (n === 1) return path.length === 0 ? leaf : null;
  if (path.length === 0) return null;
  const at = k(n);
  const top = path[path.length - 1];
  const rest = path.slice(0, -1);
  if (m < at) {
    const left = rootFromPath(leaf, m, at, rest);
    return left && sha(NODE, left, top);
  }
  const right = rootFromPath(leaf, m - at, n - at, rest);
  return right && sha(NODE, top, right);
}

// The two roots that SUBPROOF(m, D[n], b) leads to, where b says that the old root is known without a hash.
function rootsFromProof(m, n, path, b, old) {
  if (m === n) {
    if (b) return path.length === 0 ? [old, old] : null;
    return path.length === 1 ? [path[0], path[0]] : null;
  }
  if (path.length === 0) return null;
  const at = k(n);
  const top = path[path.length - 1];
  const rest = path.slice(0, -1);
  if (m <= at) {
    const found = rootsFromProof(m, at, rest, b, old);
    return found && [found[0], sha(NODE, found[1], top)];
  }
  const found = rootsFromProof(m - at, n - at, rest, false, old);
  return found && [sha(NODE, top, found[0]), sha(NODE, top, found[1])];
}

function checkLines(one, wrong) {
  const leaves = one.lines.map((line) => sha(LEAF, Buffer.from(line.text, "utf8")));
  one.lines.forEach((line, place) => {
    if (line.index !== place) wrong.push(`line ${line.index} stands at ${place}`);
    if (!leaves[place].equals(hex(line.hash))) wrong.push(`line ${place} has another hash`);
  });
  for (const [name, head] of [["head", one.head], ["known", one.known]]) {
    if (!head) continue;
    if (leaves.length < head.size) wrong.push(`${name}: ${head.size} lines signed, ${leaves.length} there`);
    else if (!mth(leaves.slice(0, head.size)).equals(hex(head.root))) wrong.push(`${name}: another root`);
  }
  if (leaves.length > one.head.size) wrong.push("lines behind the head");
}

function check(one) {
  const wrong = [];
  if (one.lines) checkLines(one, wrong);
  for (const proof of one.inclusion ?? []) {
    const leaf = sha(LEAF, Buffer.from(proof.text, "utf8"));
    const inside = proof.index >= 0 && proof.index < proof.size;
    const found = inside && rootFromPath(leaf, proof.index, proof.size, proof.path.map(hex));
    if (!found || !found.equals(hex(proof.root))) wrong.push(`inclusion of ${proof.index} in ${proof.size}`);
  }
  for (const proof of one.consistency ?? []) {
    const [first, second] = [hex(proof.first_root), hex(proof.second_root)];
    const found =
      proof.first === 0
        ? proof.path.length === 0 && [sha(), second]
        : proof.first <= proof.second && rootsFromProof(proof.first, proof.second, proof.path.map(hex), true, first);
    if (!found || !found[0].equals(first) || !found[1].equals(second)) wrong.push(`consistency ${proof.first} to ${proof.second}`);
  }
  return wrong;
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(check)));
