// The protocol of docs/protocol in another language, written from that document: node alone, no package.
//
//   node protocol.mjs FOLDER canonical | logs | bundle FILE | cosigned FILE
//
// Answers in JSON on standard output what it finds; tests/trust/bundles/test_vectors.py compares.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

class Fault extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

function need(holds, reason) {
  if (!holds) throw new Fault(reason);
}

const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const named = (...parts) => "sha256:" + sha256(...parts).toString("hex");

// 1. Canonical JSON
function write(value, depth = 0) {
  need(depth <= 200, "not_canonical");
  if (Array.isArray(value)) return "[" + value.map((each) => write(each, depth + 1)).join(",") + "]";
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value).sort().map((name) => write(name) + ":" + write(value[name], depth + 1));
    return "{" + members.join(",") + "}";
  }
  if (typeof value === "string") need(value.isWellFormed(), "not_canonical");
  const text = JSON.stringify(value);
  if (typeof value === "number" && /^-?\d+$/.test(text)) need(Math.abs(value) <= 2 ** 53, "not_canonical");
  return text;
}

function read(octets, most = 1 << 25) {
  try {
    need(octets.length <= most, "not_canonical");
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
    const value = JSON.parse(text);
    need(write(value) === text, "not_canonical");
    return value;
  } catch {
    throw new Fault("not_canonical");
  }
}

function readObject(octets, most) {
  const value = read(octets, most);
  need(value !== null && typeof value === "object" && !Array.isArray(value), "not_canonical");
  return value;
}

// Forms of members
const digest = (value) => /^sha256:[0-9a-f]{64}$/.test(value);
const party = (value) => /^[A-Za-z0-9_-]{1,64}$/.test(value);
const whole = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
const octets = (size) => (value) => decode(value)?.length === size;
const instant = (value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
const oneOf = (...words) => (value) => words.includes(value);

function decode(text) {
  if (typeof text !== "string") return undefined;
  const data = Buffer.from(text, "base64");
  return data.toString("base64") === text ? data : undefined;
}

const text = (form) => (value) => typeof value === "string" && form(value);
const ENVELOPE = {
  body: text(digest), key: text(digest), memorandum: text(digest), signature: octets(64), time: text(instant),
  kind: text((value) => /^[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31}){1,3}$/.test(value)),
  protocol: () => true, recipient: text(party), sender: text(party), sequence: whole(1, 2 ** 53), version: whole(1, 10000),
};
const BODIES = {
  "key.certificate": {
    duty: text((value) => /^[A-Za-z0-9][A-Za-z0-9 _./-]{0,63}$/.test(value)), from: text(instant), until: text(instant),
    public_key: octets(32), role: oneOf("root", "duty", "node", "tls"),
  },
  "key.revocation": { because: oneOf("retired", "lost", "exposed"), key: text(digest) },
  "root.successor": { possession: octets(64), public_key: octets(32) },
  "root.consent": { old: text(digest), party: text(party), public_key: octets(32) },
  "root.replacement": { old: text(digest) },
  "log.receipt": {
    checkpoint: text(() => true), index: whole(0, 2 ** 53), leaf: text(digest),
    proof: (value) => Array.isArray(value) && value.length <= 63 && value.every(octets(32)),
  },
};
const ROOM = {
  "key.certificate": { versions: "1", roles: "root" }, "key.revocation": { versions: "1", roles: "root,duty,node,tls" },
  "root.successor": { versions: "1", roles: "root" }, "root.consent": { versions: "1", roles: "root" },
  "root.replacement": { versions: "1", roles: "heir" }, "log.receipt": { versions: "1", roles: "node" },
};

function haveMembers(content, forms, setReason, formReason) {
  need(Object.keys(content).sort().join() === Object.keys(forms).sort().join(), setReason);
  for (const [name, form] of Object.entries(forms)) {
    need(form(content[name]), name === "sender" || name === "recipient" ? "party_name" : formReason);
  }
}

// 2. Keys and signatures
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const little = (data) => BigInt("0x" + Buffer.from(data).reverse().toString("hex"));

function power(base, exponent) {
  let found = 1n;
  for (base = ((base % P) + P) % P; exponent; exponent >>= 1n, base = (base * base) % P) if (exponent & 1n) found = (found * base) % P;
  return found;
}

function isSound(key) {
  const y = little(key) & (2n ** 255n - 1n);
  if (y >= P || [0n, 1n, P - 1n, ORDER_8, P - ORDER_8].includes(y)) return false;
  const d = (-121665n * power(121666n, P - 2n)) % P;
  const square = (y * y - 1n) * power(d * y * y + 1n, P - 2n);
  return power(square, (P - 1n) / 2n) === 1n;
}

function isSigned(key, signature, ...message) {
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(key).toString("base64url") };
    const data = Buffer.concat(message.map((part) => Buffer.from(part)));
    return verify(null, data, createPublicKey({ key: jwk, format: "jwk" }), signature);
  } catch {
    return false;
  }
}

// 7. Tree and checkpoint
const node = (left, right) => sha256([1], left, right);
const below = (size) => {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
};

// The roots over the entries up to one and over all, to which a proof of inclusion leads
function rootsFrom(leaf, index, size, proof) {
  if (index >= size || size > 1 !== proof.length > 0) return undefined;
  if (size === 1) return [leaf, leaf];
  const [half, rest, last] = [below(size), proof.slice(0, -1), proof.at(-1)];
  if (last?.length !== 32) return undefined;
  const inner = index < half ? rootsFrom(leaf, index, half, rest) : rootsFrom(leaf, index - half, size - half, rest);
  return inner && (index < half ? [inner[0], node(inner[1], last)] : inner.map((root) => node(last, root)));
}

function openCheckpoint(note) {
  const end = note.lastIndexOf("\n\n");
  const [body, below_] = [note.slice(0, end + 1), note.slice(end + 2)];
  const match = /^([^\n]+)\n(0|[1-9]\d{0,18})\n([^\n]+)\n(?:[^\n]+\n)*$/.exec(body);
  const root = match && decode(match[3]);
  need(end > 0 && root?.length === 32 && below_.endsWith("\n"), "checkpoint_form");
  const signatures = below_.slice(0, -1).split("\n").map((line) => {
    const parts = /^\u2014 ([^\s+]{1,255}) (\S+)$/.exec(line);
    const data = parts && decode(parts[2]);
    need(data?.length > 4, "checkpoint_form");
    return { name: parts[1], id: data.subarray(0, 4).toString("hex"), signature: data.subarray(4) };
  });
  return { origin: match[1], size: Number(match[2]), root, text: body, signatures };
}

function isBy(checkpoint, name, key, kind) {
  const id = sha256(name, "\n", [kind], key).subarray(0, 4).toString("hex");
  const lines = checkpoint.signatures.filter((line) => line.name === name && line.id === id);
  for (const { signature } of lines) {
    const at = kind === 4 ? `cosignature/v1\ntime ${signature.readBigUInt64BE(0)}\n` : "";
    need(isSigned(key, kind === 4 ? signature.subarray(8) : signature, at, checkpoint.text), "checkpoint_unsigned");
  }
  return lines.length > 0;
}

// 5. What is known of keys
const ALWAYS = { index: -1, from: "", until: "~" };

function begin(roots) {
  const ring = {};
  for (const [name, root] of Object.entries(roots)) ring[name] = { root, keys: { [root]: { role: "root", terms: [ALWAYS] } }, heirs: {} };
  return ring;
}

function maySign(ring, sender, name, roles, time, index) {
  const [key, heir] = [ring[sender].keys[name], ring[sender].heirs[name]];
  if (roles === "heir" && !key) {
    need(heir && Object.keys(ring).every((other) => other === sender || heir.by.includes(other)), "no_consent");
    return heir.key;
  }
  need(key, "unknown_key");
  const terms = key.terms.filter((term) => term.index < index);
  need(terms.length, "certified_too_late");
  need(!key.end || key.end.index >= index, key.end?.reason);
  need(roles.split(",").includes(key.role), roles === "root" ? "not_root" : "role_not_allowed");
  need(terms.some((term) => term.from <= time), "key_not_yet_valid");
  need(terms.some((term) => term.from <= time && time < term.until), "key_expired");
  return key.key;
}

const endKeys = (keys, index, reason) => keys.forEach((key) => (key.end ??= { index, reason }));
const newRoot = (key, index) => ({ role: "root", key, terms: [{ ...ALWAYS, index }] });

function fold(ring, leaf, said, index) {
  const mine = ring[leaf.sender];
  const key = said.public_key && decode(said.public_key);
  const name = key && named(key);
  if (key) need(isSound(key), "weak_key");
  if (leaf.kind === "key.certificate") {
    if (said.role === "root") {
      need(name === leaf.key, "root_by_certificate");
      mine.keys[name].key = key;
      return;
    }
    const known = mine.keys[name] ?? { role: said.role, key, terms: [] };
    need(!known.end, known.end?.reason);
    need(known.role === said.role, "role_changed");
    known.terms.push({ index, from: said.from, until: said.until });
    mine.keys[name] = known;
  } else if (leaf.kind === "key.revocation") {
    need(mine.keys[said.key], "foreign_key");
    need(leaf.key === mine.root || leaf.key === said.key, "not_root");
    endKeys([mine.keys[said.key]], index, "key_revoked");
  } else if (leaf.kind === "root.successor") {
    const follows = write({ new: name, old: leaf.key, party: leaf.sender });
    need(isSigned(key, decode(said.possession), "skyaccord/root.successor/1\n", follows), "no_possession");
    need(!mine.keys[name], "role_changed");
    endKeys([mine.keys[leaf.key]], index, "key_superseded");
    mine.keys[name] = newRoot(key, index);
    mine.root = name;
  } else if (leaf.kind === "root.consent") {
    const theirs = ring[said.party];
    need(theirs && theirs !== mine && said.old === theirs.root, "consent_misplaced");
    need(!theirs.keys[name], "role_changed");
    const before = theirs.heirs[name]?.old === said.old ? theirs.heirs[name].by : [];
    theirs.heirs[name] = { key, old: said.old, by: [...before, leaf.sender] };
  } else if (leaf.kind === "root.replacement") {
    const heir = mine.heirs[leaf.key];
    need(heir && mine.root === said.old && heir.old === said.old, "no_consent");
    endKeys(Object.values(mine.keys), index, "key_replaced");
    mine.keys[leaf.key] = newRoot(heir.key, index);
    mine.root = leaf.key;
  }
}

// 6. and 8. Judging the entries of a log
class Judge {
  constructor(me, memoranda, kinds) {
    this.me = me;
    this.kinds = { ...ROOM, ...kinds };
    this.rings = {};
    for (const [memorandum, roots] of Object.entries(memoranda)) {
      this.rings[memorandum] = {};
      for (const other of Object.keys(roots)) this.rings[memorandum][other] = begin(roots);
    }
    Object.assign(this, { sent: {}, acknowledged: {}, last: {}, newest: {}, logs: {}, heads: {}, late: [], time: "", erased: 0 });
  }

  judge(index, data, body, salt, isWhole) {
    const leaf = readObject(data, 2048);
    need(typeof leaf.protocol === "string", "members");
    need(leaf.protocol === "skyaccord/envelope/1", "unknown_protocol");
    haveMembers(leaf, ENVELOPE, "members", "member_value");
    const kind = this.kinds[leaf.kind];
    need(kind, "unknown_kind");
    need(kind.versions.split(",").includes(String(leaf.version)), "unknown_version");
    const rings = this.rings[leaf.memorandum];
    need(rings, "unknown_memorandum");
    need(rings[leaf.sender], "unknown_sender");
    need(rings[leaf.recipient] && [leaf.sender, leaf.recipient].includes(this.me), "wrong_recipient");
    const isReceipt = leaf.kind === "log.receipt";
    const way = isReceipt ? `${leaf.recipient} ${leaf.sender}` : `${leaf.sender} ${leaf.recipient}`;
    const sent = (this.sent[way] ??= new Map());
    const before = sent.get(leaf.sequence);
    const hash = sha256([0], data);
    need(isReceipt || !before || !before.equals(hash), "replay");
    const other = leaf.sender === this.me ? leaf.recipient : leaf.sender;
    const ring = rings[other];
    let key;
    try {
      key = maySign(ring, leaf.sender, leaf.key, kind.roles, leaf.time, index);
    } catch (fault) {
      if (fault.reason === "unknown_key") this.late.push({ index, ring, leaf });
      throw fault;
    }
    if (!key) {
      const said = this.open(leaf, body, salt);
      key = leaf.kind === "key.certificate" ? decode(said.public_key) : Buffer.alloc(0);
      need(named(key) === leaf.key, "unknown_key");
      need(isSound(key), "weak_key");
    }
    const { signature, ...header } = leaf;
    need(little(decode(signature).subarray(32)) < ORDER, "signature_form");
    need(isSigned(key, decode(signature), "skyaccord/envelope/1\n", write(header)), "bad_signature");
    if (isReceipt) {
      need(leaf.sender !== this.me && before, "receipt_unasked");
    } else {
      need(!before, "equivocation");
      need(!isWhole || leaf.sequence === sent.size + 1, "gap");
      need(!(leaf.time < this.last[way]), "time_runs_back");
    }
    const use = `${leaf.sender} ${leaf.recipient} ${leaf.kind}`;
    need(!(leaf.version < this.newest[use]), "downgraded");
    const said = this.open(leaf, body, salt);
    if (isReceipt) this.receipt(leaf, said, before, index, way);
    else if (BODIES[leaf.kind]) {
      fold(ring, leaf, said, index);
      const further = leaf.sender === this.me ? [this.me] : Object.keys(rings);
      for (const name of further.filter((name) => name !== other)) {
        try {
          fold(rings[name], leaf, said, index);
        } catch (fault) {
          if (!(fault instanceof Fault)) throw fault;
        }
      }
    }
    if (!isReceipt) {
      sent.set(leaf.sequence, hash);
      this.last[way] = leaf.time;
    }
    this.newest[use] = leaf.version;
    if (leaf.sender === this.me && leaf.time > this.time) this.time = leaf.time;
  }

  open(leaf, body, salt) {
    if (body === null && salt === null && !BODIES[leaf.kind]) return (this.erased += 1), {};
    need(body !== null && salt !== null, "body_missing");
    const [content, secret] = [decode(body), decode(salt)];
    need(content && secret, "not_canonical");
    need(secret.length === 32 && named("skyaccord/body/1\n", secret, content) === leaf.body, "body_mismatch");
    const most = leaf.kind === "log.receipt" ? 32768 : BODIES[leaf.kind] ? 4096 : 65536;
    const said = readObject(content, most);
    if (BODIES[leaf.kind]) haveMembers(said, BODIES[leaf.kind], "body_content", "body_content");
    if (leaf.kind === "key.certificate") need(said.from < said.until, "body_content");
    return said;
  }

  receipt(leaf, said, sent, index, way) {
    need(said.leaf === "sha256:" + sent.toString("hex"), "receipt_other_leaf");
    const shown = openCheckpoint(said.checkpoint);
    const ring = this.rings[leaf.memorandum][leaf.sender];
    need(this.logs[leaf.sender] ? shown.origin === this.logs[leaf.sender] : this.logsOf(leaf.sender).includes(shown.origin), "checkpoint_other_log");
    this.signed(shown, ring, leaf.sender, () => leaf.time, index);
    const roots = rootsFrom(sent, said.index, shown.size, said.proof.map(decode));
    need(roots && roots[1].equals(shown.root), "receipt_proof");
    this.claim(shown);
    const before = (this.acknowledged[way] ??= new Map()).get(leaf.sequence);
    need(before === undefined || before === said.index, "receipt_changed");
    need(before === undefined, "replay");
    this.acknowledged[way].set(leaf.sequence, said.index);
    this.logs[leaf.sender] = shown.origin;
  }

  logsOf(name) {
    const rings = Object.values(this.rings).filter((ring) => ring[name]).map((ring) => ring[name][name]);
    const roots = rings.flatMap((ring) => Object.entries(ring.keys).filter(([, key]) => key.role === "root"));
    return roots.map(([root]) => `skyaccord/${name}/${root.slice(7, 23)}`);
  }

  signed(shown, ring, name, time, index) {
    let isIt = false;
    for (const [print, key] of Object.entries(ring[name].keys)) {
      for (const term of key.terms) {
        let node_;
        try {
          node_ = maySign(ring, name, print, "node", time(term), index);
        } catch {
          continue;
        }
        if (node_ && isBy(shown, shown.origin, node_, 1)) isIt = true;
      }
    }
    need(isIt, "checkpoint_unsigned");
  }

  claim(shown) {
    const place = `${shown.origin} ${shown.size}`;
    this.heads[place] ??= shown.root;
    need(this.heads[place].equals(shown.root), "checkpoint_fork");
  }

  isLate(index) {
    const found = this.late.find((each) => each.index === index);
    return found && found.ring[found.leaf.sender].keys[found.leaf.key] !== undefined;
  }
}

// 9. The bundle
function judgeBundle(path, pinned, kinds, witness) {
  const lines = readFileSync(path).toString("latin1").split("\n");
  const faults = [];
  const attempt = (step) => {
    try {
      step();
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      faults.push(fault.reason);
    }
  };
  if (lines.pop() !== "") faults.push("not_canonical");
  const [head, ...rest] = lines.map((line) => readObject(Buffer.from(line, "latin1")));
  for (const roots of Object.values(head.memoranda)) if (write(roots) !== write(pinned)) return { faults: ["other_root"] };
  const judge = new Judge(head.party, head.memoranda, kinds);
  let shown;
  attempt(() => (shown = openCheckpoint(head.checkpoint)));
  if (!shown?.size) return { faults: ["not_canonical"] };
  let [count, next] = [0, 0];
  for (const { body, entry, leaf, proof, salt } of rest) {
    attempt(() => {
      const data = decode(leaf);
      need(data && proof.every(octets(32)), "not_canonical");
      need(entry >= next, "bundle_order");
      const roots = rootsFrom(sha256([0], data), entry, shown.size, proof.map(decode));
      need(roots && roots[1].equals(shown.root), "not_included");
      [count, next] = [count + 1, entry + 1];
      judge.claim({ origin: shown.origin, size: entry + 1, root: roots[0] });
      judge.judge(entry, data, body || null, salt || null, count === next);
    });
  }
  attempt(() => {
    const rings = Object.values(judge.rings).map((each) => each[head.party]);
    need(judge.logsOf(head.party).includes(shown.origin), "checkpoint_other_log");
    judge.signed(shown, rings[0], head.party, (term) => (term.from > judge.time ? term.from : judge.time), shown.size);
    if (witness) need(isBy(shown, witness.name, witness.key, 4), "not_cosigned");
    judge.claim(shown);
  });
  return { faults, count, erased: judge.erased };
}

function judgeCase(each, parcels, keys, kinds) {
  const roots = Object.fromEntries(each.parties.map((name) => [name, keys[`${name} root`].fingerprint]));
  const judge = new Judge(each.party, { ["sha256:" + "ab".repeat(32)]: roots }, kinds);
  const faults = [];
  each.entries.forEach((name, index) => {
    const { leaf, body, salt } = parcels[name];
    try {
      judge.judge(index, decode(leaf), body, salt, true);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      faults.push([index, fault.reason]);
    }
  });
  return faults.map(([index, reason]) => [index, reason === "unknown_key" && judge.isLate(index) ? "certified_too_late" : reason]);
}

function isCanonical(data) {
  try {
    read(data);
    return true;
  } catch {
    return false;
  }
}

const load = (path) => JSON.parse(readFileSync(path, "utf8"));
const [folder, mode, name] = process.argv.slice(2);
const about = load(`${folder}/bundles.json`);
let answer;
if (mode === "canonical") {
  const { canonical, refused } = load(`${folder}/canonical.json`);
  answer = { canonical: canonical.map((each) => isCanonical(Buffer.from(each))), refused: refused.map((each) => isCanonical(decode(each.octets))) };
} else if (mode === "logs") {
  const { cases, parcels } = load(`${folder}/logs.json`);
  answer = cases.map((each) => judgeCase(each, parcels, load(`${folder}/keys.json`), about.kinds));
} else {
  const [witness, , key] = about.witness.match(/^([^+]+)\+([^+]+)\+(.+)$/).slice(1);
  answer = judgeBundle(name, about.roots, about.kinds, mode === "cosigned" && { name: witness, key: decode(key).subarray(1) });
}
console.log(JSON.stringify(answer));
